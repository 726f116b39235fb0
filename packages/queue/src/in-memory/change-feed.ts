import type { ChangeFeed } from '../port.ts';

/** Within one process; listeners are called in the next turn of the event loop. */
export const inMemoryChangeFeed = (): ChangeFeed => {
  const listeners = new Set<(backupIds: readonly string[]) => void>();
  return {
    announce(backupIds) {
      queueMicrotask(() => {
        for (const listener of listeners) listener(backupIds);
      });
    },
    listen(onChange) {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    async close() {
      listeners.clear();
    },
  };
};
