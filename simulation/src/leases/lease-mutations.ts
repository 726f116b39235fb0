import type { LeasedCall } from '@tandem/engine/calls-port.ts';
import type { Snapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import { readRestoreDetail } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import {
  type RemoveOrphanedSnapshots,
  removeOrphanedSnapshots,
} from '@tandem/worker/background/remove-orphaned-snapshots.ts';
import { type RemoveRehearsals, removeRehearsals } from '@tandem/worker/background/remove-rehearsals.ts';
import type { Mutation } from '../mutations/mutation.ts';

const unchecked = { assertHeld: () => undefined };

/** No event is written before the deletion. */
const withoutIntent = <T extends RemoveOrphanedSnapshots | RemoveRehearsals>(deps: T): T => ({
  ...deps,
  history: {
    ...deps.history,
    appendEvents: async (events: Parameters<T['history']['appendEvents']>[0]) => {
      const reported = events.filter(({ kind }) => !kind.endsWith('.removing'));
      if (reported.length > 0) await deps.history.appendEvents(reported);
    },
  },
});

/** One snapshot is looked for after all of its create were: what that showed holds. */
const withOneRead = (deps: RemoveOrphanedSnapshots): RemoveOrphanedSnapshots => {
  let last: readonly Snapshot[] = [];
  return {
    ...deps,
    engine: {
      ...deps.engine,
      findSnapshots: async (repository, names) => {
        const [only, ...others] = names;
        if (others.length === 0) return last.filter(({ name }) => name === only);
        last = await deps.engine.findSnapshots(repository, names);
        return last;
      },
    },
  };
};

/** Recoveries are read once for every list of indices. */
const withOneRecoveryRead = (deps: RemoveRehearsals): RemoveRehearsals => {
  let last: Awaited<ReturnType<RemoveRehearsals['engine']['indexRecoveries']>> | undefined;
  return {
    ...deps,
    engine: {
      ...deps.engine,
      listIndices: (prefix) => {
        last = undefined;
        return deps.engine.listIndices(prefix);
      },
      indexRecoveries: async (names) => {
        last ??= await deps.engine.indexRecoveries(names);
        return last;
      },
    },
  };
};

/** Only the call that is named checks. */
const checkingOnly = (deps: RemoveRehearsals, call: 'setIndexBlock' | 'deleteIndices'): RemoveRehearsals => {
  const { engine, assertHeld } = deps;
  const checked = {
    setIndexBlock: (...given: Parameters<typeof engine.setIndexBlock>) => {
      assertHeld();
      return engine.setIndexBlock(...given);
    },
    deleteIndices: (...given: Parameters<typeof engine.deleteIndices>) => {
      assertHeld();
      return engine.deleteIndices(...given);
    },
  };
  return { ...deps, ...unchecked, engine: { ...engine, [call]: checked[call] } };
};

type Unheld = NonNullable<Mutation['unheld']>;

const RESTORE_KINDS: ReadonlySet<ClaimedOperation['kind']> = new Set(['restore', 'rehearse']);

/** Of a restore or rehearsal that rolls back, or does not yet. */
const inRestores =
  (call: LeasedCall, isEnding?: boolean): Unheld =>
  ({ kind, detail }) => {
    if (!RESTORE_KINDS.has(kind)) return [];
    const { ending } = readRestoreDetail(detail).memory;
    return isEnding === undefined || isEnding === (ending !== undefined) ? [call] : [];
  };

const ofKind =
  (kind: ClaimedOperation['kind'], call: LeasedCall): Unheld =>
  (operation) =>
    operation.kind === kind ? [call] : [];

/** The deliberate defects of leases, one check each. */
export const leaseMutations = {
  'create-lease-not-checked': {
    about: 'the lease is not checked before a create removes a snapshot that it makes again',
    unheld: ofKind('create', 'deleteSnapshot'),
  },
  'delete-lease-not-checked': {
    about: 'the lease is not checked before a deletion removes a snapshot',
    unheld: ofKind('delete', 'deleteSnapshot'),
  },
  'verify-lease-not-checked': {
    about: 'the lease is not checked before a repository is verified',
    unheld: () => ['verifyRepository'],
  },
  'restore-lease-not-checked': {
    about: 'the lease is not checked before a part is restored',
    unheld: inRestores('startRestore'),
  },
  'existing-lease-not-checked': {
    about: 'the lease is not checked before existing indices are deleted',
    unheld: inRestores('deleteIndices', false),
  },
  'rollback-lease-not-checked': {
    about: 'the lease is not checked before a rollback deletes what was restored',
    unheld: inRestores('deleteIndices', true),
  },
  'block-lease-not-checked': {
    about: 'the lease is not checked before a restore in place changes blocks',
    unheld: inRestores('setIndexBlock'),
  },
  'template-lease-not-checked': {
    about: 'the lease is not checked before templates are written',
    unheld: inRestores('putTemplates'),
  },
  'safety-lease-not-checked': {
    about: 'the lease is not checked before a restore requests its safety backup',
    uncheckedJob: true,
  },
  'orphan-lease-not-checked': {
    about: 'orphan cleanup does not check its lease before it deletes a snapshot',
    removeOrphanedSnapshots: (deps) => removeOrphanedSnapshots({ ...deps, ...unchecked }),
  },
  'orphan-intent-not-recorded': {
    about: 'orphan cleanup deletes a snapshot without recording that first',
    removeOrphanedSnapshots: (deps) => removeOrphanedSnapshots(withoutIntent(deps)),
  },
  'orphan-not-read-again': {
    about: 'orphan cleanup deletes a snapshot without reading it again',
    removeOrphanedSnapshots: (deps) => removeOrphanedSnapshots(withOneRead(deps)),
  },
  'copy-lease-not-checked': {
    about: 'the removal of rehearsals does not check its lease before it deletes copies',
    removeRehearsals: (deps) => removeRehearsals(checkingOnly(deps, 'setIndexBlock')),
  },
  'copy-block-lease-not-checked': {
    about: 'the removal of rehearsals does not check its lease before it lifts blocks',
    removeRehearsals: (deps) => removeRehearsals(checkingOnly(deps, 'deleteIndices')),
  },
  'copy-intent-not-recorded': {
    about: 'the removal of rehearsals deletes copies without recording that first',
    removeRehearsals: (deps) => removeRehearsals(withoutIntent(deps)),
  },
  'copy-not-read-again': {
    about: 'the removal of rehearsals deletes copies without reading them again',
    removeRehearsals: (deps) => removeRehearsals(withOneRecoveryRead(deps)),
  },
} as const satisfies Readonly<Record<string, Mutation & { readonly about: string }>>;
