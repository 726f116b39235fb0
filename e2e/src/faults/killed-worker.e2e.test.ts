import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createOfPart, type EngineGate, openEngineGate } from '../harness/services/engine-gate.ts';
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
  Object.assign(world, { api: await world.startApi() });
});

describe('kill -9 of the worker that holds the operation, while another lives', () => {
  it.each(stepsOfACreate.map((step, at) => [step.name, `k${at}`, step] as const))('at %s', async (_, id, step) => {
    await crew.fill(2);
    const call = gate.hold(step.match(id, gate));
    expect((await world.api.post(id)).status).toBe(200);
    await call.arrived;

    await crew.killHolderOf(id);
    call.decide({ do: step.fate });
    expect(await world.api.state(id)).toBe('IN_PROGRESS');

    await world.api.untilState(id, 'COMPLETED', 15_000);
    await expectPromise(world, [id]);
  });
});

describe('kill -9 three times in a row', () => {
  it.each([
    ['before part 1 is sent', 'thrice-1', 1],
    ['before part 2 is sent', 'thrice-2', 2],
  ] as const)('%s', async (_, id, part) => {
    await crew.fill(2);
    const creates = Array.from({ length: 3 }, () => gate.hold(createOfPart(id, part)));
    expect((await world.api.post(id)).status).toBe(200);
    for (const create of creates) {
      await create.arrived;
      await crew.killHolderOf(id);
      create.decide({ do: 'lose' });
      await crew.fill(2);
    }

    await world.api.untilState(id, 'COMPLETED', 15_000);
    await expectPromise(world, [id]);
    expect(gate.seen.filter(createOfPart(id, part)).length).toBeGreaterThanOrEqual(3);
  });

  it('at another step each time', async () => {
    const id = 'thrice-elsewhere';
    const steps = stepsOfACreate.filter(({ name }) => /part 1, accepted|indices|part 2, accepted/.test(name));
    await crew.fill(2);
    // all at once: the survivor goes on while the next one starts
    const calls = steps.map((step) => ({ ...step, call: gate.hold(step.match(id, gate)) }));
    expect((await world.api.post(id)).status).toBe(200);
    for (const { call, fate } of calls) {
      await call.arrived;
      await crew.killHolderOf(id);
      call.decide({ do: fate });
      await crew.fill(2);
    }

    await world.api.untilState(id, 'COMPLETED', 15_000);
    await expectPromise(world, [id]);
    for (const part of [1, 2]) expect(gate.seen.filter(createOfPart(id, part))).toHaveLength(1);
  });
});

describe('with the settings as shipped', () => {
  const shipped = {
    POLL_INTERVAL_MIN: undefined,
    POLL_INTERVAL_MAX: undefined,
    SWEEP_INTERVAL: undefined,
    LEASE_DURATION: undefined,
    JOB_LOCK_DURATION: undefined,
    STALLED_CHECK_INTERVAL: undefined,
  };

  afterEach(() => crew.killAll());

  /** Killed in the middle of a tick, which is the worst moment: the operation is leased. */
  const killInATick = async (id: string): Promise<void> => {
    const create = gate.hold(createOfPart(id, 1));
    expect((await world.api.post(id)).status).toBe(200);
    await create.arrived;
    await crew.killHolderOf(id);
    create.decide({ do: 'lose' });
  };

  it('another worker goes on within 15 s', async () => {
    await crew.killAll();
    await Promise.all([crew.join(shipped), crew.join(shipped)]);
    const again = () => gate.seen.filter(createOfPart('taken-over', 1)).length >= 2;

    await killInATick('taken-over');
    const killedAt = performance.now();
    await world.until('it is taken over', again, (is) => is);

    expect(performance.now() - killedAt).toBeLessThanOrEqual(15_000);
    await world.api.untilState('taken-over', 'COMPLETED');
    await expectPromise(world, ['taken-over']);
  });

  it('the next start goes on within 5 s when no other worker lives', async () => {
    await crew.join(shipped);
    const again = () => gate.seen.filter(createOfPart('next-start', 1)).length >= 2;

    await killInATick('next-start');
    await crew.join(shipped);
    const readyAt = performance.now();
    await world.until('it goes on', again, (is) => is);
    const tookMs = performance.now() - readyAt;

    await world.api.untilState('next-start', 'COMPLETED');
    await expectPromise(world, ['next-start']);
    expect(tookMs).toBeLessThanOrEqual(5_000);
  });
});
