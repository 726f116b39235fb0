import { describe, expect, it } from 'vitest';
import type { ChangeFeed } from '../port.ts';

/** What every ChangeFeed does. `open` returns two connected feeds. */
export const describeChangeFeed = (
  name: string,
  open: () => Promise<{ publisher: ChangeFeed; subscriber: ChangeFeed }>,
): void => {
  /** Repeats the announcement until it arrives: a new listener may miss the first one. */
  const delivered = async (
    publisher: ChangeFeed,
    subscriber: ChangeFeed,
    ids: readonly string[],
  ): Promise<readonly string[]> => {
    let stop: (() => void) | undefined;
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise((resolve) => {
        stop = subscriber.listen(resolve);
        timer = setInterval(() => publisher.announce(ids), 20);
      });
    } finally {
      clearInterval(timer);
      stop?.();
    }
  };

  describe(`${name} as a change feed`, () => {
    it('delivers announced ids to a listener', async () => {
      const { publisher, subscriber } = await open();
      expect(await delivered(publisher, subscriber, ['nightly-2022.10.11', 'b_2'])).toEqual([
        'nightly-2022.10.11',
        'b_2',
      ]);
      await Promise.all([publisher.close(), subscriber.close()]);
    });

    it('delivers to every listener until it unsubscribes', async () => {
      const { publisher, subscriber } = await open();
      const received: string[] = [];
      const stop = subscriber.listen((ids) => received.push(...ids));
      await delivered(publisher, subscriber, ['one']);
      expect(received).toContain('one');
      stop();
      received.length = 0;
      await delivered(publisher, subscriber, ['two']);
      expect(received).not.toContain('two');
      await Promise.all([publisher.close(), subscriber.close()]);
    });
  });
};
