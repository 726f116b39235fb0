import type { Part } from '../part.ts';

export type WatchedParts = {
  readonly parts: Readonly<Partial<Record<string, Part>>>;
  readonly report: (line: string) => void;
  readonly onRestart: () => void;
};

const CHECK_EVERY_MS = 1_000;

/** Restarts a service of ours that died, and reports it. The returned function ends the watch, and waits for a restart in progress. */
export const watchParts = ({ parts, report, onRestart }: WatchedParts): (() => Promise<void>) => {
  let stopped = false;
  let checking = Promise.resolve();

  const check = async (): Promise<void> => {
    for (const [name, part] of Object.entries(parts)) {
      if (stopped || part === undefined || part.origin !== 'process' || part.pid !== undefined) continue;
      report(`${name} died; restarting it (log: ${part.logFile})`);
      try {
        await part.start();
        onRestart();
        report(`${name}: running again`);
      } catch (error) {
        report(`${name} did not come up: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
      }
    }
  };
  const timer = setInterval(() => {
    checking = checking.then(check);
  }, CHECK_EVERY_MS);
  return async () => {
    stopped = true;
    clearInterval(timer);
    await checking;
  };
};
