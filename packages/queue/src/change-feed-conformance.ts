import { describe, expect, it } from 'vitest';
import type { ChangeFeed } from './port.ts';

/** What every ChangeFeed does. `open` answers feeds that hear each other. */
export const describeChangeFeed = (
  name: string,
  open: () => Promise<{ speaker: ChangeFeed; ear: ChangeFeed }>,
): void => {
  /** Announces until it is heard: a listener that has just come may miss the first. */
  const heard = async (speaker: ChangeFeed, ear: ChangeFeed, ids: readonly string[]): Promise<readonly string[]> => {
    let stop: (() => void) | undefined;
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise((resolve) => {
        stop = ear.listen(resolve);
        timer = setInterval(() => speaker.announce(ids), 20);
      });
    } finally {
      clearInterval(timer);
      stop?.();
    }
  };

  describe(`${name} as a change feed`, () => {
    it('tells a listener of what is announced', async () => {
      const { speaker, ear } = await open();
      expect(await heard(speaker, ear, ['nightly-2022.10.11', 'b_2'])).toEqual(['nightly-2022.10.11', 'b_2']);
      await Promise.all([speaker.close(), ear.close()]);
    });

    it('tells each listener, and none that has ended', async () => {
      const { speaker, ear } = await open();
      const told: string[] = [];
      const stop = ear.listen((ids) => told.push(...ids));
      await heard(speaker, ear, ['one']);
      expect(told).toContain('one');
      stop();
      told.length = 0;
      await heard(speaker, ear, ['two']);
      expect(told).not.toContain('two');
      await Promise.all([speaker.close(), ear.close()]);
    });
  });
};
