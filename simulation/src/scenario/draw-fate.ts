import { ENGINE_WRITES } from '@tandem/engine/calls-port.ts';
import { type Failure, fail } from '@tandem/shared/domain/failure/failure.ts';
import { type Fate, MAX_STALE_MS, type Port, unreachableHistory } from './fate.ts';
import type { CallFault } from './scenario.ts';
import { drawStopMs, type Scene } from './scene.ts';
import { ENGINE_TIMEOUT_MS, HISTORY_TIMEOUT_MS, LEASE_MS, QUEUE_TIMEOUT_MS } from './timing.ts';

const PASS: Fate = { is: 'pass' };

const awayQueue = (): Error => new Error('Redis does not answer (simulated).');

const engineFailure = (code: Parameters<typeof fail>[0], call: string, more: object = {}): Failure =>
  fail(code, `The engine fails (simulated): ${code}.`, { call, ...more });

/** Drawn for each call; in the calm phase nothing befalls it. */
export const drawFate = (world: Scene, port: Port, method: string): Fate => {
  if (world.calm) return PASS;
  const fault = drawFault(world, method);
  return fault === undefined ? PASS : fates[fault](world, port, method);
};

/** A call that changes the engine comes once where polls come a hundred times: faults look for it. */
const keenness = (method: string): number => (CHANGES.has(method) ? 8 : 1);

const CHANGES: ReadonlySet<string> = new Set(ENGINE_WRITES);

const OFTEN_LATE: ReadonlySet<string> = new Set(['startSnapshot', 'startRestore', 'deleteIndices']);

const drawFault = ({ random, scenario: { callFaults } }: Scene, method: string): CallFault | undefined => {
  let left = random.next() / keenness(method);
  for (const fault in callFaults) {
    left -= callFaults[fault as CallFault];
    if (left < 0) return fault as CallFault;
  }
  return undefined;
};

const fates: Readonly<Record<CallFault, (world: Scene, port: Port, method: string) => Fate>> = {
  crash: ({ random }) => ({ is: 'crash', when: random.chance(0.5) ? 'before' : 'after' }),
  freeze: (world, _, method) => ({
    is: 'freeze',
    when: world.random.chance(0.5) ? 'before' : 'after',
    // a create that comes after all is over is what deletions fear
    forMs: drawStopMs(world, LEASE_MS / 5, OFTEN_LATE.has(method) ? 0.6 : 0.1),
  }),
  slow: ({ random }) => ({ is: 'slow', effectInMs: random.between(500, ENGINE_TIMEOUT_MS) }),
  lostAnswer: (world, port, method) => ({ is: 'fail', when: 'after', error: lostAnswer(world, port, method) }),
  engineBusy: ({ random }, port, method) =>
    port === 'engine'
      ? { is: 'fail', when: random.chance(0.7) ? 'before' : 'after', error: busy(random.next(), method) }
      : PASS,
  engineTimeout: (world, port, method) =>
    port === 'engine' ? late(world, ENGINE_TIMEOUT_MS, engineFailure('ENGINE_TIMEOUT', method)) : PASS,
  historyTimeout: (world, port) => (port === 'history' ? late(world, HISTORY_TIMEOUT_MS, unreachableHistory()) : PASS),
  queueTimeout: (world, port) => (port === 'queue' ? late(world, QUEUE_TIMEOUT_MS, awayQueue()) : PASS),
  staleList: ({ random }, _, method) =>
    method === 'findSnapshots' ? { is: 'stale', byMs: random.between(1, MAX_STALE_MS), backward: false } : PASS,
  backwardList: ({ random }, _, method) =>
    method === 'findSnapshots' ? { is: 'stale', byMs: random.between(1, MAX_STALE_MS), backward: true } : PASS,
  terminalCreate: ({ random }, _, method) => {
    if (method !== 'startSnapshot') return PASS;
    const code = random.chance(0.5) ? 'ENGINE_REFUSED' : 'ENGINE_FAILED';
    return { is: 'fail', when: random.chance(0.8) ? 'before' : 'after', error: engineFailure(code, method) };
  },
};

const busy = (draw: number, method: string): Failure => {
  if (draw < 0.3) return engineFailure('ENGINE_BUSY', method, { status: 429, retryAfterMs: Math.round(draw * 10_000) });
  return draw < 0.7
    ? engineFailure('ENGINE_BUSY', method, { status: 503 })
    : engineFailure('ENGINE_UNREACHABLE', method);
};

const lostAnswer = ({ random }: Scene, port: Port, method: string): unknown => {
  if (port === 'history') return unreachableHistory();
  if (port === 'queue') return awayQueue();
  return engineFailure(random.chance(0.7) ? 'ENGINE_UNREACHABLE' : 'ENGINE_ANSWER_INVALID', method);
};

export const late = ({ random }: Scene, timeoutMs: number, error: Error): Fate => ({
  is: 'late',
  error,
  answerInMs: timeoutMs,
  effectInMs: random.chance(0.3) ? undefined : random.between(0, timeoutMs * 2),
  isHeld: random.chance(0.5),
});
