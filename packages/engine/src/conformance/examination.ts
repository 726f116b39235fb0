import { SCRATCH_MARK } from '@tandem/shared/domain/doctor/scratch.ts';
import { describe, expect, it } from 'vitest';
import { expectFailure, owner, type Suite } from './suite.ts';

/** What every ExaminedEngine must do. */
export const describeExamination = (suite: Suite): void => {
  describe('an examination', () => {
    it('reports name, version and clock of every node', async () => {
      const { version } = await suite.engine.info();
      const nodes = await suite.engine.inspectNodes();
      expect(nodes).toEqual([{ name: expect.stringMatching(/./), version, clock: expect.any(Date) }]);
      expect(nodes?.[0]?.clock?.getTime()).toBeGreaterThan(Date.UTC(2022, 0));
    });

    it('does not know privileges where the engine has no security', async () => {
      expect(await suite.engine.lackingRights(['optimize-*', 'tandem-rehearsal-*'])).toBeUndefined();
    });

    it('creates a scratch index with a mark, once, which can be saved and deleted', async () => {
      const name = suite.newName('scratch-');
      const repository = await suite.withRepository();
      await suite.engine.createScratchIndex(name);
      await expectFailure(suite.engine.createScratchIndex(name), 'ENGINE_REFUSED');
      expect(await suite.engine.describeIndices([name])).toMatchObject([
        { name, primaries: 1, replicas: 0, mappings: { _meta: { tandem: SCRATCH_MARK } } },
      ]);
      await suite.engine.startSnapshot({ repository, name, indices: [name], owner });
      await suite.fixture.finishSnapshots(repository);
      expect(await suite.engine.findSnapshots(repository, [name])).toMatchObject([{ state: 'SUCCESS' }]);
      await suite.engine.deleteSnapshot(repository, name);
      await suite.engine.deleteIndices([name]);
      expect(await suite.engine.describeIndices([name])).toEqual([]);
    });

    it.each(['', '*', 'a,b', '-a'])('refuses the name %j', async (name) => {
      await expectFailure(suite.engine.createScratchIndex(name), 'REQUEST_INVALID');
      await expectFailure(suite.engine.lackingRights([`${name}*`]), 'REQUEST_INVALID');
    });
  });
};
