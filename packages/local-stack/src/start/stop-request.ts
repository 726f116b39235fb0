export type StopRequest = {
  /** Resolves at the first Ctrl-C, SIGTERM, SIGHUP, or when the runner that started us is gone. */
  readonly asked: Promise<string>;
  /** Resolves at the second one, for people in a hurry. */
  readonly askedTwice: Promise<void>;
};

/** The same Ctrl-C may come twice, from the terminal and from a parent that passes it on. */
const SAME_MS = 1_000;

/** Listens for what asks this process to stop, from the call on. */
export const listenForStop = (): StopRequest => {
  const first = Promise.withResolvers<string>();
  const second = Promise.withResolvers<void>();
  let firstAt: number | undefined;
  const ask = (why: string) => {
    if (firstAt === undefined) {
      firstAt = performance.now();
      first.resolve(why);
    } else if (performance.now() - firstAt > SAME_MS) second.resolve();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ask(signal));
  process.on('disconnect', () => ask('its starter is gone'));
  // a closed terminal or pipe: nobody reads any more
  process.stdout.on('error', () => ask('its output is closed'));
  process.stderr.on('error', () => ask('its output is closed'));
  return { asked: first.promise, askedTwice: second.promise };
};
