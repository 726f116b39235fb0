import type { Engine } from '@tandem/engine/port.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import { derivedRandom, type Random } from '../../chance/random.ts';
import type { RestoreScenario } from '../restore-scenario.ts';

/** Share of the runs about restores in which the engine did not describe or measure everything when the backup was taken. */
const SHARE = 0.35;

/** What could not be measured of an index: right before its part, right after it, or not even its shape. */
const HIDDEN = ['operations-first', 'operations-last', 'shape'] as const;
type Hidden = (typeof HIDDEN)[number];

export type FailedManifests = {
  /** Indices whose documents nobody can compare: they were not measured both before and after their part. */
  readonly unrecorded: Set<string>;
  /** The engine as the backup is taken over it. */
  readonly over: (engine: Engine, operation: ClaimedOperation) => Engine;
};

const hasFailed = (seed: number): boolean => derivedRandom(seed, 'failed manifests').chance(SHARE);

/** Half of these runs alter what was saved: where nobody can compare it, nobody must claim that it is right. */
export const withAlterations = (scenario: RestoreScenario, seed: number): RestoreScenario =>
  hasFailed(seed) && !scenario.deeds.includes('snapshotAltered') && derivedRandom(seed, 'altered').chance(0.5)
    ? { ...scenario, deeds: [...scenario.deeds, 'snapshotAltered'] }
    : scenario;

export const drawFailedManifests = (seed: number): FailedManifests => {
  const unrecorded = new Set<string>();
  if (!hasFailed(seed)) return { unrecorded, over: (engine) => engine };
  const random = derivedRandom(seed, 'manifests');
  const wholePart = random.chance(0.4) ? { part: random.between(1, 2), when: drawHidden(random) } : undefined;
  const share = random.pick([0, 0.2, 0.5]) ?? 0;
  const drawn = new Map<string, Hidden | undefined>();
  const hiddenOf = (name: string): Hidden | undefined => {
    if (!drawn.has(name)) drawn.set(name, random.chance(share) ? drawHidden(random) : undefined);
    return drawn.get(name);
  };

  const refuse = (call: string, names: readonly string[], { backup }: ClaimedOperation, what: Hidden): void => {
    const part = backup.parts.find(({ indices }) => indices.includes(names[0] ?? ''));
    if (wholePart?.when === what && wholePart.part === part?.number) {
      for (const name of part.indices) unrecorded.add(name);
      throw fail('ENGINE_TIMEOUT', 'The engine does not answer (simulated).', { call });
    }
    if (!names.some((name) => hiddenOf(name) === what)) return;
    const [only] = names.length === 1 ? names : [];
    if (only !== undefined) unrecorded.add(only);
    throw fail('ENGINE_BLOCKED', 'An index hides what it holds (simulated).', { call });
  };
  const over: FailedManifests['over'] = (engine, operation) => ({
    ...engine,
    describeIndices: async (names) => {
      refuse('describeIndices', names, operation, 'shape');
      return engine.describeIndices(names);
    },
    measureIndices: async (names, order) => {
      refuse('measureIndices', names, operation, order);
      return engine.measureIndices(names, order);
    },
  });
  return { unrecorded, over };
};

const drawHidden = (random: Random): Hidden => random.pick(HIDDEN) ?? 'operations-last';
