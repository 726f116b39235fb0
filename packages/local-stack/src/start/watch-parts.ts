import type { Part } from '../part.ts';

export type WatchedParts = {
  readonly parts: Readonly<Partial<Record<string, Part>>>;
  readonly report: (line: string) => void;
  readonly onRestart: () => void;
};

const LOOK_MS = 1_000;

/** Starts a service of ours again that died, and says so. The answered function ends the watch, and waits for a start under way. */
export const watchParts = ({ parts, report, onRestart }: WatchedParts): (() => Promise<void>) => {
  let stopped = false;
  let looking = Promise.resolve();

  const look = async (): Promise<void> => {
    for (const [name, part] of Object.entries(parts)) {
      if (stopped || part === undefined || part.origin !== 'process' || part.pid !== undefined) continue;
      report(`${name} has died; it is started again (its log: ${part.logFile})`);
      try {
        await part.start();
        onRestart();
        report(`${name}: up again`);
      } catch (error) {
        report(`${name} did not come up: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
      }
    }
  };
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, LOOK_MS);
  return async () => {
    stopped = true;
    clearInterval(timer);
    await looking;
  };
};
