import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JobConsumer, JobHandler, JobOutcome, JobQueue, OperationJob } from '../port.ts';

export type QueueFixture = {
  readonly queue: JobQueue;
  openConsumer(): JobConsumer;
  /** Lets the queue work until the condition holds; rejects if it never does. */
  until(condition: () => boolean | Promise<boolean>): Promise<void>;
  /** The time that delays are measured in. */
  now(): number;
  /** Drops every job, as FLUSHALL does. */
  lose(): Promise<void>;
  /** Ends what was opened. */
  stop(): Promise<void>;
};

const done: JobOutcome = { next: 'done' };
const jobs = (count: number): OperationJob[] =>
  Array.from({ length: count }, (_, index) => ({ operationId: `op${index}`, revision: 1 }));

const gate = (): { readonly opened: Promise<void>; open(): void } => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
};

/** A handler that remembers what it was given. */
const recording = (answer: (job: OperationJob, run: number) => JobOutcome | Promise<JobOutcome> = () => done) => {
  const seen: OperationJob[] = [];
  const handler: JobHandler = async (job) => answer(job, seen.push(job));
  return { seen, handler };
};

/** What every pair of JobQueue and JobConsumer must do. `make` gives an empty queue each time. */
export const describeJobQueue = (name: string, make: () => Promise<QueueFixture>): void => {
  describe(`${name} as a job queue`, () => {
    let fixture: QueueFixture;
    beforeEach(async () => {
      fixture = await make();
    });
    afterEach(() => fixture.stop());

    const isEmpty = async () => {
      const { waiting, active, delayed } = await fixture.queue.health();
      return waiting + active + delayed === 0;
    };

    it('runs a job with its operation and revision', async () => {
      const { seen, handler } = recording();
      fixture.openConsumer().start(handler);
      await fixture.queue.enqueue([{ operationId: '0198c0de-7000-7000-8000-000000000001', revision: 7 }]);
      await fixture.until(isEmpty);
      expect(seen).toEqual([{ operationId: '0198c0de-7000-7000-8000-000000000001', revision: 7 }]);
    });

    it('takes an empty list', () => expect(fixture.queue.enqueue([])).resolves.toBeUndefined());

    it('keeps one job of an operation and revision, however often it is queued', async () => {
      const { seen, handler } = recording();
      const [job] = jobs(1) as [OperationJob];
      await fixture.queue.enqueue([job, job]);
      await fixture.queue.enqueue([job, { ...job, revision: 2 }]);
      expect((await fixture.queue.health()).waiting).toBe(2);
      fixture.openConsumer().start(handler);
      await fixture.until(isEmpty);
      expect(seen.map(({ revision }) => revision)).toEqual([1, 2]);
    });

    it('keeps one job also while it runs, and takes it again once it has ended', async () => {
      const { opened, open } = gate();
      const { seen, handler } = recording(() => opened.then(() => done));
      fixture.openConsumer().start(handler);
      await fixture.queue.enqueue(jobs(1));
      const running = fixture.until(() => seen.length === 1 && isEmpty());
      await fixture.queue.enqueue(jobs(1));
      open();
      await running;
      await fixture.queue.enqueue(jobs(1));
      await fixture.until(() => seen.length === 2);
      expect(seen).toEqual([...jobs(1), ...jobs(1)]);
    });

    it('runs the same job again after the delay that its handler requested', async () => {
      const times: number[] = [];
      const { handler } = recording((_, run) => {
        times.push(fixture.now());
        // long enough for a busy machine to see it delayed
        return run === 1 ? { next: 'again', inMs: 1_000 } : done;
      });
      fixture.openConsumer().start(handler);
      await fixture.queue.enqueue(jobs(1));
      await fixture.until(async () => (await fixture.queue.health()).delayed === 1);
      await fixture.queue.enqueue(jobs(1));
      await fixture.until(isEmpty);
      const [first = 0, second = 0] = times;
      expect(times).toHaveLength(2);
      expect(second - first).toBeGreaterThanOrEqual(999);
    });

    it('runs a job again at once', async () => {
      const { seen, handler } = recording((_, run) => (run < 3 ? { next: 'again', inMs: 0 } : done));
      fixture.openConsumer().start(handler);
      await fixture.queue.enqueue(jobs(1));
      await fixture.until(isEmpty);
      expect(seen).toHaveLength(3);
    });

    it('ends the job of a handler that rejects, and takes the next one', async () => {
      const { seen, handler } = recording(({ operationId }) =>
        operationId === 'op0' ? Promise.reject(new Error('on purpose')) : done,
      );
      fixture.openConsumer().start(handler);
      await fixture.queue.enqueue(jobs(2));
      await fixture.until(isEmpty);
      expect(seen).toHaveLength(2);
    });

    it('runs each job of a large batch once, shared by two consumers', async () => {
      const { seen, handler } = recording();
      fixture.openConsumer().start(handler);
      fixture.openConsumer().start(handler);
      await fixture.queue.enqueue(jobs(300));
      await fixture.until(isEmpty);
      expect(seen.map(({ operationId }) => operationId).sort()).toEqual(
        jobs(300)
          .map(({ operationId }) => operationId)
          .sort(),
      );
    });

    it('reports how many jobs wait and for how long', async () => {
      expect(await fixture.queue.health()).toMatchObject({
        waiting: 0,
        active: 0,
        delayed: 0,
        oldestWaitingMs: undefined,
      });
      await fixture.queue.enqueue(jobs(3));
      const health = await fixture.queue.health();
      expect(health).toMatchObject({ waiting: 3, active: 0, delayed: 0 });
      expect(health.oldestWaitingMs).toBeGreaterThanOrEqual(0);
      expect(health.oldestWaitingMs).toBeLessThan(10_000);
    });

    it('keeps working after its jobs were lost', async () => {
      const { seen, handler } = recording();
      await fixture.queue.enqueue(jobs(3));
      await fixture.lose();
      expect(await isEmpty()).toBe(true);
      fixture.openConsumer().start(handler);
      await fixture.queue.enqueue([{ operationId: 'later', revision: 1 }]);
      await fixture.until(() => seen.length === 1);
      expect(seen).toEqual([{ operationId: 'later', revision: 1 }]);
    });

    it.each<JobOutcome>([done, { next: 'again', inMs: 10 }])(
      'survives the loss of a job whose handler returns %o',
      async (outcome) => {
        const { opened, open } = gate();
        const { seen, handler } = recording((_, run) => (run === 1 ? opened.then(() => outcome) : done));
        const consumer = fixture.openConsumer();
        consumer.start(handler);
        await fixture.queue.enqueue([{ operationId: 'lost', revision: 1 }]);
        const next = fixture.until(() => seen.some(({ operationId }) => operationId === 'next'));
        await fixture.until(() => seen.length === 1);
        await fixture.lose();
        open();
        await fixture.queue.enqueue([{ operationId: 'next', revision: 1 }]);
        await next;
        await fixture.until(isEmpty);
        expect(seen.map(({ operationId }) => operationId)).toContain('next');
      },
    );

    it('finishes the running job on stop and takes no more', async () => {
      const { opened, open } = gate();
      const { seen, handler } = recording(() => opened.then(() => done));
      const consumer = fixture.openConsumer();
      consumer.start(handler);
      await fixture.queue.enqueue(jobs(1));
      const taken = fixture.until(() => seen.length === 1);
      await taken;
      const stopped = consumer.stop(20_000);
      open();
      expect(await stopped).toBe(true);
      await fixture.queue.enqueue([{ operationId: 'late', revision: 1 }]);
      await fixture.until(async () => (await fixture.queue.health()).waiting === 1);
      expect(seen).toHaveLength(1);
    });

    it('reports when it had to abandon a running job', async () => {
      const { opened, open } = gate();
      const { seen, handler } = recording(() => opened.then(() => done));
      const consumer = fixture.openConsumer();
      consumer.start(handler);
      await fixture.queue.enqueue(jobs(1));
      await fixture.until(() => seen.length === 1);
      expect(await consumer.stop(50)).toBe(false);
      open();
    });

    it('stops at once when it never started', () => expect(fixture.openConsumer().stop(50)).resolves.toBe(true));
  });
};
