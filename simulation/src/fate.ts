import { ENGINE_WRITES } from '@tandem/engine/calls-port.ts';
import { type Failure, fail } from '@tandem/shared/domain/failure/failure.ts';
import type { CallFault } from './scenario.ts';
import { drawStopMs, ENGINE_TIMEOUT_MS, HISTORY_TIMEOUT_MS, LEASE_MS, QUEUE_TIMEOUT_MS, type World } from './world.ts';

/** What befalls one call. */
export type Fate =
  | { readonly is: 'pass' }
  | { readonly is: 'crash'; readonly when: 'before' | 'after' }
  | { readonly is: 'freeze'; readonly when: 'before' | 'after'; readonly forMs: number }
  | { readonly is: 'slow'; readonly effectInMs: number }
  /** `after`: it took effect, and the answer is lost. */
  | { readonly is: 'fail'; readonly when: 'before' | 'after'; readonly error: unknown }
  /** Given up by the caller; the server carries it out all the same, earlier or later, or never (undefined). */
  | {
      readonly is: 'late';
      readonly error: unknown;
      readonly answerInMs: number;
      readonly effectInMs: number | undefined;
      /** Not later than just before the same request is carried out that was sent after it. */
      readonly isHeld: boolean;
    }
  /** The list of snapshots as it was; `backward`: also as it was before what somebody has seen already. */
  | { readonly is: 'stale'; readonly byMs: number; readonly backward: boolean };

/** The oldest list that an engine still shows. */
export const MOST_STALE_MS = 4_000;

const PASS: Fate = { is: 'pass' };

export type Port = 'engine' | 'history' | 'queue';

export const unreachableHistory = (): Failure => fail('HISTORY_UNREACHABLE', 'PostgreSQL does not answer (simulated).');

const awayQueue = (): Error => new Error('Redis does not answer (simulated).');

const engineFailure = (code: Parameters<typeof fail>[0], call: string, more: object = {}): Failure =>
  fail(code, `The engine fails (simulated): ${code}.`, { call, ...more });

/** Drawn for each call; in the calm phase nothing befalls it. */
export const drawFate = (world: World, port: Port, method: string): Fate => {
  if (world.calm) return PASS;
  const fault = drawFault(world, method);
  return fault === undefined ? PASS : fates[fault](world, port, method);
};

/** A call that changes the engine comes once where polls come a hundred times: faults look for it. */
const keenness = (method: string): number => (CHANGES.has(method) ? 8 : 1);

const CHANGES: ReadonlySet<string> = new Set(ENGINE_WRITES);

const OFTEN_LATE: ReadonlySet<string> = new Set(['startSnapshot', 'startRestore', 'deleteIndices']);

const drawFault = ({ random, scenario: { callFaults } }: World, method: string): CallFault | undefined => {
  let left = random.next() / keenness(method);
  for (const fault in callFaults) {
    left -= callFaults[fault as CallFault];
    if (left < 0) return fault as CallFault;
  }
  return undefined;
};

const fates: Readonly<Record<CallFault, (world: World, port: Port, method: string) => Fate>> = {
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
    method === 'findSnapshots' ? { is: 'stale', byMs: random.between(1, MOST_STALE_MS), backward: false } : PASS,
  backwardList: ({ random }, _, method) =>
    method === 'findSnapshots' ? { is: 'stale', byMs: random.between(1, MOST_STALE_MS), backward: true } : PASS,
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

const lostAnswer = ({ random }: World, port: Port, method: string): unknown => {
  if (port === 'history') return unreachableHistory();
  if (port === 'queue') return awayQueue();
  return engineFailure(random.chance(0.7) ? 'ENGINE_UNREACHABLE' : 'ENGINE_ANSWER_INVALID', method);
};

const late = ({ random }: World, timeoutMs: number, error: Error): Fate => ({
  is: 'late',
  error,
  answerInMs: timeoutMs,
  effectInMs: random.chance(0.3) ? undefined : random.between(0, timeoutMs * 2),
  isHeld: random.chance(0.5),
});
