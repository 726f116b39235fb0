import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { rehearse, restore } from '../harness/requests/restores.ts';
import { create } from '../harness/requests/v1.ts';
import { type EngineGate, type Held, openEngineGate } from '../harness/services/engine-gate.ts';
import { useWorld } from '../harness/world.ts';
import { type Crew, crewOf } from './crew.ts';
import {
  deletionOfIndices,
  eventsOf,
  expectEnded,
  lookAround,
  putForeign,
  restoreOfPart,
  type Sight,
} from './restore-promise.ts';

const world = useWorld({ apps: false });
let gate: EngineGate;
let crew: Crew;
let before: Sight;

beforeAll(async () => {
  gate = await openEngineGate(world.engineUrl);
  world.onEnd(gate.shut);
  // the quiet period must outlast the test's own looks
  const short = { LEASE_DURATION: '1s', JOB_LOCK_DURATION: '1s', ENGINE_MASTER_TIMEOUT: '4s' };
  crew = crewOf(world, { ELASTICSEARCH_URL: gate.url, ...short });
  Object.assign(world, { api: await world.startApi(short) });
  await Promise.all([putForeign(world), crew.fill(2)]);
  await create(world.api, 'b');
  await world.api.untilState('b', 'COMPLETED');
  before = await lookAround(world);
});

// also of a test that failed: the next one needs two
afterEach(() => {
  for (const member of crew.members) member.signal('SIGCONT');
});

const GIVEN_UP = 'tick abandoned: another worker has the operation';
const times = (text: string, part: string): number => text.split(part).length - 1;

/** Freezes the worker whose call is held; `wake` lets it go on and resolves when it has seen that it was overtaken. */
const freeze = async (call: Held, backupId = 'b') => {
  await call.arrived;
  const frozen = await crew.holderOf(backupId);
  const noticed = () => times(frozen.output(), GIVEN_UP);
  const seen = noticed();
  frozen.signal('SIGSTOP');
  const wake = async () => {
    frozen.signal('SIGCONT');
    await world.until('it notices', noticed, (now) => now > seen);
  };
  return { wake };
};

const wish = { backupId: 'b', deleteExisting: true };
const again = { confirm: 'b', safetyBackup: false };

describe('SIGSTOP past the lease', () => {
  it.each([1, 2])('right before part %i is restored, which another does: the late call is refused', async (part) => {
    const call = gate.hold(restoreOfPart(part));
    const id = await restore(world.api, wish, again);
    const { wake } = await freeze(call);
    await expectEnded(world, id, 'SUCCEEDED', before);
    const story = await eventsOf(world, id);
    const uuids = await uuidsNow();

    call.decide({ do: 'forward' });
    await wake();

    await expectEnded(world, id, 'SUCCEEDED', before);
    expect(await uuidsNow()).toEqual(uuids);
    expect(await eventsOf(world, id)).toEqual(story);
  });

  it('right before what is there is deleted: the deletion that comes late meets nothing that was restored', async () => {
    const call = gate.hold(deletionOfIndices);
    const from = gate.seen.length;
    const id = await restore(world.api, wish, again);
    const { wake } = await freeze(call);
    const deletions = () => gate.seen.slice(from).filter(deletionOfIndices).length;
    await world.until('another has deleted them', deletions, (count) => count > 1);

    // the lease has run out, and the engine may still take it up for as long as its master time-out
    await world.until('they are gone', namesNow, (names) => names.length === 0);
    call.decide({ do: 'forward' });
    await wake();

    await expectEnded(world, id, 'SUCCEEDED', before);
  });

  it('right before a rehearsal restores its copy, which another took back: the sweep removes the late one', async () => {
    const call = gate.hold(restoreOfPart(2));
    const id = await rehearse(world.api, 'b');
    const { wake } = await freeze(call);
    await expectEnded(world, id, 'SUCCEEDED', before);

    call.decide({ do: 'forward' });
    await wake();

    const removed = await world.until(
      'the sweep removed it',
      () => eventsOf(world, id),
      (events) => events.some(({ kind, source }) => kind === 'index.removed' && source === 'sweep'),
    );
    expect(removed.at(-1)).toMatchObject({ reason: expect.stringContaining('late') });
    await expectEnded(world, id, 'SUCCEEDED', before);
  });

  it('right before a rehearsal takes its copy back, which another does: nothing else goes', async () => {
    const call = gate.hold(deletionOfIndices);
    const id = await rehearse(world.api, 'b');
    const { wake } = await freeze(call);
    await expectEnded(world, id, 'SUCCEEDED', before);
    call.decide({ do: 'forward' });
    await wake();
    await expectEnded(world, id, 'SUCCEEDED', before);
  });
});

const namesNow = async (): Promise<readonly string[]> => Object.keys(await uuidsNow());

const uuidsNow = async (): Promise<Readonly<Record<string, unknown>>> => {
  const path = `${world.prefix}-*/_settings/index.uuid?expand_wildcards=all&flat_settings=true`;
  const found = await world.engine.call<Record<string, { settings: unknown }>>('GET', path);
  return Object.fromEntries(Object.entries(found).map(([name, { settings }]) => [name, settings]));
};
