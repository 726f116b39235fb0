import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readRestore, restore } from '../harness/requests/restores.ts';
import { create, send } from '../harness/requests/v1.ts';
import { type EngineGate, type Match, openEngineGate } from '../harness/services/engine-gate.ts';
import { useWorld } from '../harness/world.ts';
import { type Crew, crewOf } from './crew.ts';
import {
  deletionOfIndices,
  expectEnded,
  lookAround,
  lookAtRecoveries,
  putForeign,
  restoreOfPart,
  type Sight,
  withoutOptimize,
} from './restore-promise.ts';

const world = useWorld({ apps: false });
let gate: EngineGate;
let crew: Crew;
let before: Sight;

beforeAll(async () => {
  gate = await openEngineGate(world.engineUrl);
  world.onEnd(gate.shut);
  const short = { LEASE_DURATION: '1s', JOB_LOCK_DURATION: '1s' };
  crew = crewOf(world, { ELASTICSEARCH_URL: gate.url, ...short });
  Object.assign(world, { api: await world.startApi(short) });
  await Promise.all([putForeign(world), crew.fill(2)]);
  await create(world.api, 'b');
  await world.api.untilState('b', 'COMPLETED');
  before = await lookAround(world);
});

/** `match`, of the calls since now that come after that many restores of parts were sent. */
const after =
  (sent: number, match: Match) =>
  (seenBefore: number): Match =>
  (asked) =>
    match(asked) && gate.seen.slice(seenBefore).filter(isRestore).length === sent;

const isRestore: Match = (asked) => [1, 2].some((part) => restoreOfPart(part)(asked));
const partOfSafety =
  (part: number): Match =>
  ({ method, path }) =>
    method === 'PUT' && path.includes('before-restore-') && path.includes(`_part_${part}_of_`);
const pathHas =
  (words: string): Match =>
  ({ path }) =>
    path.includes(words);

type Fate = 'lose' | 'lose the answer';
type Step = readonly [name: string, fate: Fate, match: (seenBefore: number) => Match, ofSafety: boolean];

const steps: readonly Step[] = [
  ['the plan that is made again', 'lose', after(0, pathHas('/_verify')), false],
  ['the safety backup, not sent', 'lose', after(0, partOfSafety(1)), true],
  ['the safety backup, accepted', 'lose the answer', after(0, partOfSafety(2)), true],
  ['the deletion, not sent', 'lose', after(0, deletionOfIndices), false],
  ['the deletion, done', 'lose the answer', after(0, deletionOfIndices), false],
  ['part 1, not sent', 'lose', after(1, restoreOfPart(1)), false],
  ['part 1, accepted', 'lose the answer', after(1, restoreOfPart(1)), false],
  ['shards of part 1', 'lose', after(1, lookAtRecoveries), false],
  ['part 2, not sent', 'lose', after(2, restoreOfPart(2)), false],
  ['part 2, accepted', 'lose the answer', after(2, restoreOfPart(2)), false],
  ['shards of part 2', 'lose', after(2, lookAtRecoveries), false],
  ['the templates', 'lose', after(2, pathHas('_index_template')), false],
  ['the comparison', 'lose', after(2, pathHas('/_stats')), false],
];

const wish = { backupId: 'b', deleteExisting: true };

// also after a test that failed
beforeEach(() => crew.fill(2));

describe('kill -9 of the worker that restores over what is there, while another lives', () => {
  it.each(steps)('at %s (%s)', async (_, fate, match, ofSafety) => {
    const call = gate.hold(match(gate.seen.length));
    const id = await restore(world.api, wish, { confirm: 'b', safetyBackup: ofSafety });
    const { safetyBackupId } = await readRestore(world.api, id);
    await call.arrived;

    await crew.killHolderOf(ofSafety ? String(safetyBackupId) : 'b');
    call.decide({ do: fate });
    const filled = crew.fill(2);

    const { report } = await expectEnded(world, id, 'SUCCEEDED', before);
    expect(report).toMatchObject({ indices: 6, documents: 6, differing: 0 });
    if (ofSafety) expect(await world.api.state(String(safetyBackupId))).toBe('COMPLETED');
    await filled;
  });
});

describe('kill -9 of the worker that takes back', () => {
  const beside = { backupId: 'b', target: { renamePattern: '(.+)', renameReplacement: 'beside-$1' } };
  const refused = {
    do: 'answer',
    status: 400,
    body: { error: { type: 'made_up_exception', reason: 'no' }, status: 400 },
  } as const;

  it.each(['lose', 'lose the answer'] as const)('before or after the deletion: %s', async (fate) => {
    const part2 = gate.hold(restoreOfPart(2));
    const deletion = gate.hold(deletionOfIndices);
    const id = await restore(world.api, beside);
    await part2.arrived;
    part2.decide(refused);
    await deletion.arrived;
    await crew.killHolderOf('b');
    deletion.decide({ do: fate });

    const { failure } = await expectEnded(world, id, 'FAILED', before);
    expect(failure).toMatchObject({ code: 'ENGINE_REFUSED', data: { step: 'parts', rollback: true } });
  });

  it('of a restore in place that a person cancelled: nothing of Optimize is left, and nothing else is touched', async () => {
    await world.engine.call(
      'DELETE',
      Object.keys(before.shapes)
        .filter((name) => name.startsWith(world.prefix))
        .join(),
    );
    const part2 = gate.hold(restoreOfPart(2));
    const deletion = gate.hold(deletionOfIndices);
    const id = await restore(world.api, { backupId: 'b' });
    await part2.arrived;
    const stopped = await send(world.api, 'POST', `/restores/${id}/cancel`, { reason: 'not now' });
    expect(stopped.status, stopped.text).toBe(202);
    part2.decide({ do: 'forward' });
    await deletion.arrived;
    await crew.killHolderOf('b');
    deletion.decide({ do: 'lose the answer' });

    await expectEnded(world, id, 'CANCELLED', withoutOptimize(world, before));
    await expectEnded(world, await restore(world.api, { backupId: 'b' }), 'SUCCEEDED', before);
  });
});
