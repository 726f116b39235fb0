import type { HistoryMark } from '@tandem/shared/domain/history/rollback/history-mark.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MarkStore } from '../marks-port.ts';

export type MarksFixture = {
  readonly marks: MarkStore;
  /** Another process on the same Redis. */
  openAnother(): MarkStore;
  /** Writes what is not a mark next to the marks. */
  spoil(): Promise<unknown>;
};

const id = (nth: number): string => `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`;

const markOf = (history: number, epoch: number, given: Partial<HistoryMark> = {}): HistoryMark => ({
  ...{ historyId: id(history), epoch: id(epoch), eventId: '7', digest: 'ab'.repeat(32), at: '2026-03-01T12:00:00Z' },
  ...given,
});

/** What every MarkStore does. `make` gives an empty one each time. */
export const describeMarks = (name: string, make: () => Promise<MarksFixture>): void => {
  describe(`${name} as a store of marks`, () => {
    let fixture: MarksFixture;
    beforeEach(async () => {
      fixture = await make();
    });
    afterEach(() => fixture.marks.close());

    const read = async (store = fixture.marks) =>
      [...(await store.read())].sort((one, other) =>
        one.epoch + one.historyId < other.epoch + other.historyId ? -1 : 1,
      );

    it('has none in the beginning', async () => expect(await read()).toEqual([]));

    it('keeps the last mark of a history and epoch', async () => {
      await fixture.marks.keep(markOf(1, 1));
      await fixture.marks.keep(markOf(1, 1, { eventId: '8' }));
      expect(await read()).toEqual([markOf(1, 1, { eventId: '8' })]);
    });

    it('keeps those of other epochs and histories', async () => {
      const all = [markOf(1, 1), markOf(2, 1), markOf(1, 2)];
      for (const mark of all) await fixture.marks.keep(mark);
      expect(await read()).toEqual(all);
    });

    it('shows them to every process', async () => {
      const another = fixture.openAnother();
      await fixture.marks.keep(markOf(1, 1));
      expect(await read(another)).toEqual([markOf(1, 1)]);
      await another.close();
    });

    it('ignores what is not a mark', async () => {
      await fixture.marks.keep(markOf(1, 1));
      await fixture.spoil();
      expect(await read()).toEqual([markOf(1, 1)]);
    });
  });
};
