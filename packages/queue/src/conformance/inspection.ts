import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { QueueInspection } from '../inspection-port.ts';

/** What every QueueInspection reports of a healthy Redis. */
export const describeInspection = (name: string, make: () => Promise<QueueInspection>): void => {
  describe(`${name}, inspected`, () => {
    let inspection: QueueInspection;
    beforeEach(async () => {
      inspection = await make();
    });
    afterEach(() => inspection.close());

    it('reports its version, role, policy, memory and clock, and no refused command', async () => {
      const facts = await inspection.inspect();
      expect(facts).toMatchObject({
        ...{ version: expect.stringMatching(/^\d+\.\d+/), role: 'master', evictionPolicy: 'noeviction' },
        ...{ appendOnly: expect.any(Boolean), savePoints: expect.any(String) },
        ...{ usedBytes: expect.any(Number), maxBytes: 0, refusedCommands: [] },
      });
      expect(Math.abs((facts.clock?.getTime() ?? 0) - Date.now())).toBeLessThan(5_000);
    });

    it('reports the same again', async () => {
      const [first, second] = [await inspection.inspect(), await inspection.inspect()];
      expect(second).toEqual({ ...first, usedBytes: expect.any(Number), clock: expect.any(Date) });
    });
  });
};
