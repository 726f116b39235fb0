import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import type { BackupRecord, PartRecord } from '@tandem/shared/domain/backup/backup.ts';
import { type CreateMemory, readMemory, writeMemory } from '@tandem/shared/domain/backup/create/create-memory.ts';
import type { Snapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import { OPERATION, REPOSITORY, setUpCreate } from './create.fixture.ts';
import { createJob } from './create.ts';

/** Differences from the claim of a fresh create. */
export type Claim = Partial<Omit<ClaimedOperation, 'backup'>> & {
  readonly parts?: readonly Partial<PartRecord>[];
  readonly location?: Partial<BackupRecord['location']>;
  readonly backup?: Partial<BackupRecord>;
};

/** The operation's memory of the part. */
export const memory = (part: number, more: Partial<CreateMemory>) =>
  writeMemory(part, { ...readMemory({}, part), ...more });

/** Runs single ticks of a create from any claim, and records what they wrote before they acted. The engine is not guarded. */
export const setUpCreateTick = async () => {
  const { engine, history, jobs } = await setUpCreate();
  const claim = await history.claim(OPERATION, {
    ...{ worker: 'one', leaseMs: 10_000, createsPerRepository: 1, queuedRetryMs: 1_000 },
  });
  if (!claim.claimed) throw new Error(claim.why);
  const fresh = claim.operation;
  /** Over all ticks, including failed ones. */
  const records: Omit<OperationChange, 'outcome'>[] = [];
  const tick = async ({ parts = [], location = {}, backup = {}, ...more }: Claim = {}): Promise<OperationChange> => {
    const operation: ClaimedOperation = {
      ...fresh,
      ...more,
      backup: {
        ...fresh.backup,
        ...backup,
        location: { ...fresh.backup.location, ...location },
        parts: fresh.backup.parts.map((part, at) => ({ ...part, ...parts[at] })),
      },
    };
    const record = async (change: Omit<OperationChange, 'outcome'>) => void records.push(change);
    return createJob(jobs)(operation, { record, assertHeld: () => undefined });
  };
  /** A snapshot of this operation, as planned. */
  const put = (number: number, more: Partial<Snapshot> = {}): Snapshot => {
    const part = fresh.backup.parts[number - 1];
    if (part === undefined) throw new Error(`There is no part ${number}.`);
    const { snapshotName: name, of, indices } = part;
    const owner = {
      backupId: 'b',
      operationId: OPERATION,
      part: number,
      of,
      optimizeVersion: '3.9.0',
      tandem: '0.0.0',
    };
    return engine.putSnapshot(REPOSITORY, { name, indices, owner, ...more });
  };
  const accepted = engine.calls.length;
  /** The calls to the engine since the backup was accepted. */
  const called = (method: string): readonly string[] =>
    engine.calls
      .slice(accepted)
      .filter((call) => call.method === method)
      .map(({ subject }) => subject);
  return { engine, history, fresh, tick, records, put, called };
};
