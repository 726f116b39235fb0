/** Why work was ended early. */
export type Ended = 'deadline' | 'closed';

export type Deadlines = {
  /**
   * Runs `work` for at most `limitMs`. When the time is up or `closeAll` is called, its signal is aborted and the promise rejects at
   * once with `EndedEarly`, even if the work ignores the signal.
   */
  within<T>(limitMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Ends all current and all later work. */
  closeAll(): void;
};

export class EndedEarly extends Error {
  override readonly name = 'EndedEarly';
  readonly ended: Ended;
  constructor(ended: Ended) {
    super(ended);
    this.ended = ended;
  }
}

const whenAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

export const deadlines = (): Deadlines => {
  const underWay = new Set<AbortController>();
  let closed = false;
  return {
    async within(limitMs, work) {
      if (closed) throw new EndedEarly('closed');
      const controller = new AbortController();
      const timer = setTimeout(() => controller.abort(new EndedEarly('deadline')), limitMs);
      underWay.add(controller);
      try {
        return await Promise.race([whenAborted(controller.signal), work(controller.signal)]);
      } catch (error) {
        throw controller.signal.aborted ? controller.signal.reason : error;
      } finally {
        clearTimeout(timer);
        underWay.delete(controller);
      }
    },
    closeAll() {
      closed = true;
      for (const controller of underWay) controller.abort(new EndedEarly('closed'));
    },
  };
};
