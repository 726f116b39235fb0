import { afterEach, beforeAll, expect, it } from 'vitest';
import { type EngineGate, openEngineGate } from '../harness/services/engine-gate.ts';
import { useWorld } from '../harness/world.ts';
import { type Crew, crewOf } from './crew.ts';
import { expectPromise } from './promise.ts';
import { stepsOfACreate } from './steps-of-a-create.ts';

const world = useWorld({ apps: false });
let gate: EngineGate;
let crew: Crew;

beforeAll(async () => {
  gate = await openEngineGate(world.engineUrl);
  world.onEnd(gate.shut);
  crew = crewOf(world, { ELASTICSEARCH_URL: gate.url, LEASE_DURATION: '1s', JOB_LOCK_DURATION: '1s' });
  const [api] = await Promise.all([world.startApi(), crew.fill(2)]);
  Object.assign(world, { api });
});

// also of a test that failed: the next one needs two
afterEach(() => {
  for (const member of crew.members) member.signal('SIGCONT');
});

const GIVEN_UP = 'tick abandoned: another worker has the operation';
const times = (text: string, part: string): number => text.split(part).length - 1;

/** `late`: its call reaches the engine when another has completed the backup; else while it is frozen. */
const cases = stepsOfACreate.map(
  ({ name, match, fate }, at) => [name, fate === 'lose' ? 'late' : 'meanwhile', `f${at}`, match] as const,
);

it.each(cases)(
  'SIGSTOP past the lease at %s, which arrives %s, changes nothing when it wakes',
  async (_, when, id, match) => {
    const call = gate.hold(match(id, gate));
    expect((await world.api.post(id)).status).toBe(200);
    await call.arrived;
    const frozen = await crew.holderOf(id);
    const before = times(frozen.output(), GIVEN_UP);
    frozen.signal('SIGSTOP');
    if (when === 'meanwhile') call.decide({ do: 'forward' });
    await world.api.untilState(id, 'COMPLETED', 20_000);
    const [events, snapshots] = [await world.events(id), await world.snapshots()];

    if (when === 'late') call.decide({ do: 'forward' });
    frozen.signal('SIGCONT');

    await world.until(
      'it notices',
      () => times(frozen.output(), GIVEN_UP),
      (seen) => seen > before,
    );
    expect(await world.events(id)).toEqual(events);
    expect(await world.snapshots()).toEqual(snapshots);
    await expectPromise(world, [id]);
  },
);
