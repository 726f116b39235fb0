import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SharedCounts } from '../counts-port.ts';

/** `open` makes two processes that share their counts. */
export const describeSharedCounts = (
  name: string,
  open: () => Promise<{ readonly one: SharedCounts; readonly other: SharedCounts }>,
): void => {
  describe(name, () => {
    let one: SharedCounts;
    let other: SharedCounts;
    beforeAll(async () => {
      ({ one, other } = await open());
    });
    afterAll(() => Promise.all([one.close(), other.close()]));

    it('sum what all processes add, for each key', async () => {
      expect(await one.add('caller a', 3)).toMatchObject({ count: 3 });
      expect(await other.add('caller a', 2)).toMatchObject({ count: 5 });
      expect(await other.add('caller b', 1)).toMatchObject({ count: 1 });
    });

    it('end their window a minute after its first addition, however much is added later', async () => {
      const first = await one.add('caller c', 1);
      expect(first.endsInMs).toBeGreaterThan(59_000);
      expect(first.endsInMs).toBeLessThanOrEqual(60_000);
      await new Promise((resolve) => setTimeout(resolve, 20));
      const second = await one.add('caller c', 1);
      expect(second.endsInMs).toBeLessThan(first.endsInMs);
    });

    it('lose nothing that is added at once', async () => {
      await Promise.all(Array.from({ length: 50 }, (_, nth) => (nth % 2 === 0 ? one : other).add('caller d', 1)));
      expect(await one.add('caller d', 1)).toMatchObject({ count: 51 });
    });
  });
};
