export type StopRequest = {
  /** Resolves at the first Ctrl-C, SIGTERM, SIGHUP, or when the runner that started us is gone. */
  readonly requested: Promise<string>;
  /** Resolves at the second one: stop at once. */
  readonly requestedTwice: Promise<void>;
};

/** The same Ctrl-C may come twice, from the terminal and from a parent that passes it on. */
const SAME_MS = 1_000;

/** Listens for stop requests from this call on. */
export const listenForStop = (): StopRequest => {
  const first = Promise.withResolvers<string>();
  const second = Promise.withResolvers<void>();
  let firstAt: number | undefined;
  const request = (why: string) => {
    if (firstAt === undefined) {
      firstAt = performance.now();
      first.resolve(why);
    } else if (performance.now() - firstAt > SAME_MS) second.resolve();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => request(signal));
  process.on('disconnect', () => request('the parent process is gone'));
  // a closed terminal or pipe
  process.stdout.on('error', () => request('its output was closed'));
  process.stderr.on('error', () => request('its output was closed'));
  return { requested: first.promise, requestedTwice: second.promise };
};
