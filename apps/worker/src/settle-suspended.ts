import type { SearchEngine } from '@tandem/engine/port.ts';
import type { SuspendedCreate, SuspensionHistory } from '@tandem/history/suspensions-port.ts';
import type { Logger } from '@tandem/runtime/logger.ts';
import { takenParts } from '@tandem/shared/domain/backup.ts';
import type { Actor, NewEvent } from '@tandem/shared/domain/event.ts';
import { isFailure } from '@tandem/shared/domain/failure.ts';
import { partFacts } from '@tandem/shared/domain/part-facts.ts';
import type { Snapshot } from '@tandem/shared/domain/snapshot.ts';
import { RELEASE_WITHIN_MS } from '@tandem/shared/domain/suspension.ts';

export type SettleSuspended = {
  readonly history: Pick<SuspensionHistory, 'suspendedCreates' | 'endSuspended'>;
  readonly engine: Pick<SearchEngine, 'findSnapshots'>;
  readonly actor: Actor;
  readonly announce: (backupIds: readonly string[]) => void;
  readonly log: Logger;
};

const AT_ONCE = 100;

/**
 * Ends suspended creates without writing to the engine: SUCCEEDED where all their snapshots are there, complete and made by that operation;
 * FAILED where nobody released them within 7 days. Returns how many it ended.
 */
export const settleSuspended = async (deps: SettleSuspended): Promise<number> => {
  let settled = 0;
  let after: string | undefined;
  do {
    const { creates, next } = await deps.history.suspendedCreates(after, AT_ONCE);
    for (const create of creates) if (await settle(deps, create)) settled += 1;
    after = next;
  } while (after !== undefined);
  return settled;
};

const settle = async (deps: SettleSuspended, create: SuspendedCreate): Promise<boolean> => {
  const { operationId, revision, backup } = create;
  const change = (await succeeded(deps, create)) ?? tooLate(deps, create);
  if (change === undefined || !(await deps.history.endSuspended(operationId, revision, change))) return false;
  const { state } = change.outcome;
  deps.log.info({ operationId, backupId: backup.backupId, state }, 'suspended backup ended');
  deps.announce([backup.backupId]);
  return true;
};

type End = Parameters<SuspensionHistory['endSuspended']>[2];

const succeeded = async (
  { engine, actor, log }: SettleSuspended,
  create: SuspendedCreate,
): Promise<End | undefined> => {
  const { operationId, backup } = create;
  const parts = takenParts(backup.parts);
  try {
    const found = await engine.findSnapshots(
      backup.location.repository,
      parts.map(({ snapshotName }) => snapshotName),
    );
    const ours = parts.map(({ number, snapshotName, uuid }) =>
      found.find((one) => one.name === snapshotName && isOurs(one, operationId, number, uuid)),
    );
    if (parts.length === 0 || ours.some((one) => one === undefined)) return undefined;
    return {
      parts: parts.flatMap(({ number }, at) => {
        const snapshot = ours[at];
        return snapshot === undefined ? [] : [{ number, ...partFacts(snapshot) }];
      }),
      events: [ended(actor, create, 'backup.completed', 'COMPLETED')],
      outcome: { do: 'end', state: 'SUCCEEDED', backup: 'COMPLETED' },
    };
  } catch (error) {
    if (!isFailure(error)) throw error;
    log.warn({ operationId, err: error }, 'snapshots of a suspended backup could not be read');
    return undefined;
  }
};

const isOurs = (
  { state, owner, uuid }: Snapshot,
  operationId: string,
  number: number,
  recorded: string | undefined,
): boolean =>
  state === 'SUCCESS' &&
  owner?.operationId === operationId &&
  owner.part === number &&
  (recorded === undefined || recorded === uuid);

const tooLate = ({ actor }: SettleSuspended, create: SuspendedCreate): End | undefined => {
  if (create.now.getTime() - create.suspendedAt.getTime() < RELEASE_WITHIN_MS) return undefined;
  const message = 'It was suspended, and nobody released it within 7 days. Request another backup.';
  const failure = { code: 'OPERATION_UNCLAIMED', message, data: {} };
  return {
    events: [{ ...ended(actor, create, 'backup.failed', 'FAILED'), reason: message }],
    outcome: { do: 'end', state: 'FAILED', backup: 'FAILED', failure },
  };
};

const ended = (
  actor: Actor,
  { operationId, requestId }: SuspendedCreate,
  kind: 'backup.completed' | 'backup.failed',
  state: 'COMPLETED' | 'FAILED',
): NewEvent => ({
  ...{ kind, actor, source: 'sweep', before: { state: 'FAILED' }, after: { operationId, state } },
  ...(requestId === undefined ? {} : { requestId }),
});
