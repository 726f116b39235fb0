import { afterAll, beforeAll, describe } from 'vitest';
import { describeConditions } from './conformance/conditions.ts';
import { describeExamination } from './conformance/examination.ts';
import { describeIndices } from './conformance/indices.ts';
import { describeRepositories } from './conformance/repositories.ts';
import { describeRestores } from './conformance/restores.ts';
import { describeSnapshots } from './conformance/snapshots.ts';
import { type StartedEngine, suiteOf } from './conformance/suite.ts';
import { describeTemplates } from './conformance/templates.ts';

export type { EngineFixture, StartedEngine } from './conformance/suite.ts';

/** What every engine must do. `start` runs once and may take as long as an engine needs to start. */
export const describeEngine = (name: string, start: () => Promise<StartedEngine>): void => {
  describe(`${name} as an engine`, () => {
    let started: StartedEngine;
    const suite = suiteOf(() => started);

    beforeAll(async () => {
      started = await start();
    });
    afterAll(() => started?.stop());

    describeRepositories(suite);
    describeSnapshots(suite);
    describeIndices(suite);
    describeConditions(suite);
    describeRestores(suite);
    describeTemplates(suite);
    describeExamination(suite);
  });
};
