import { beforeAll, expect, it } from 'vitest';
import { createOfPart, type EngineGate, indexListing, openEngineGate } from './harness/services/engine-gate.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ apps: false });
let gate: EngineGate;

beforeAll(async () => {
  gate = await openEngineGate(world.engineUrl);
  world.onEnd(gate.shut);
  const [api, worker] = await Promise.all([world.startApi(), world.startWorker({ ELASTICSEARCH_URL: gate.url })]);
  Object.assign(world, { api, worker });
});

it('puts an index that was born after part 1 into part 2, leaves out one that went, and says so', async () => {
  const [doomed, born] = [`${world.prefix}-doomed_v1`, `${world.prefix}-process-instance-born_v8`];
  await world.engine.createIndex(doomed);
  const listing = gate.hold((asked) => indexListing(asked) && gate.seen.some(createOfPart('moving', 1)));
  expect((await world.api.post('moving')).status).toBe(200);
  await listing.arrived;
  const [first, ...more] = await world.snapshotsOf('moving');
  expect([first?.state, more]).toEqual(['SUCCESS', []]);
  expect(await world.api.state('moving')).toBe('IN_PROGRESS');

  await world.engine.call('DELETE', doomed);
  await world.engine.createIndex(born);
  await world.engine.putDocuments(born, [{ processInstanceId: '1' }]);
  listing.decide({ do: 'forward' });

  await world.api.untilState('moving', 'COMPLETED');
  const [, second] = await world.snapshotsOf('moving');
  expect(second?.indices).toContain(born);
  expect(second?.indices).not.toContain(doomed);
  const changes = (await world.events('moving')).filter(({ kind }) => kind === 'plan.changed');
  expect(changes).toHaveLength(1);
  expect(changes[0]).toMatchObject({ source: 'worker', after: { part: 2, came: [born], went: [doomed] } });
});

it('plans a part anew when an index goes between the look and the create', async () => {
  const doomed = `${world.prefix}-doomed_v2`;
  await world.engine.createIndex(doomed);
  const create = gate.hold(createOfPart('late', 2));
  expect((await world.api.post('late')).status).toBe(200);
  await create.arrived;

  await world.engine.call('DELETE', doomed);
  create.decide({ do: 'forward' });

  await world.api.untilState('late', 'COMPLETED');
  const [, second] = await world.snapshotsOf('late');
  expect(second?.indices).not.toContain(doomed);
  const failed = await world.untilEvent('late', 'attempt.failed');
  expect(failed.after).toMatchObject({ code: 'INDEX_NOT_FOUND' });
  expect(failed.reason).toContain(doomed);
  expect((await world.events('late')).filter(({ kind }) => kind === 'plan.changed')).toMatchObject([
    { after: { part: 2, came: [], went: [doomed] } },
  ]);
});

it('completes while documents are written all the time', async () => {
  const index = `${world.prefix}-process-instance-invoice_v8`;
  const before = await world.engine.count(index);
  let written = 0;
  let over = false;
  const writing = (async () => {
    while (!over) {
      await world.engine.putDocuments(index, [{ number: written }, { number: written + 1 }]);
      written += 2;
    }
  })();
  const create = gate.hold(createOfPart('busy', 2));
  expect((await world.api.post('busy')).status).toBe(200);
  await create.arrived;
  create.decide({ do: 'forward' });

  await world.api.untilState('busy', 'COMPLETED');
  over = true;
  await writing;

  expect(written).toBeGreaterThan(0);
  const [, second] = await world.snapshotsOf('busy');
  expect(second?.shards.failed).toBe(0);
  await world.engine.call(
    'POST',
    `_snapshot/${world.repository}/${second?.snapshot}/_restore?wait_for_completion=true`,
    {
      indices: index,
      include_aliases: false,
      rename_pattern: '^(.+)$',
      rename_replacement: 'restored-$1',
    },
  );
  const saved = await world.engine.count(`restored-${index}`);
  expect(saved).toBeGreaterThanOrEqual(before);
  expect(saved).toBeLessThanOrEqual(before + written);
});
