import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import type { SnapshotOwner } from '@tandem/shared/domain/backup/snapshot.ts';
import { formatSnapshotName } from '@tandem/shared/domain/backup/snapshot-name.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { optimize } from '@tandem/shared/domain/profile.ts';
import { reconcile } from './reconcile.ts';

export const REPOSITORY = 'backups';
const OF = 2;
export const actor = { kind: 'anonymous', address: '10.0.0.1' } as const;
export const operationId = (nth: number) => `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`;

export const nameOf = (backupId: string, number: number, optimizeVersion = '3.9.0') =>
  formatSnapshotName(optimize, { backupId, optimizeVersion, number, of: OF });

export const setUp = () => {
  let at = Date.parse('2026-01-01T00:00:00Z');
  const now = () => new Date(at);
  const engine = inMemoryEngine({ now });
  engine.createRepository(REPOSITORY);
  const history = inMemoryHistory({ now });
  const announced: string[] = [];
  const deps = {
    engine,
    history,
    profiles: [optimize],
    repository: REPOSITORY as string | undefined,
    indexPrefix: 'optimize',
    ofOthers: new Set<string>(),
    witness: { actor: { kind: 'system', name: 'reconcile' }, source: 'worker' } as const,
    lateMs: 3_600_000,
    now,
    announce: (ids: readonly string[]) => void announced.push(...ids),
    assertHeld: () => undefined,
    log: {} as Logger,
  };
  let operations = 0;

  const put = (
    backupId: string,
    number: number,
    owner?: Partial<SnapshotOwner> | null,
    repository = REPOSITORY,
    indices = [`optimize-${number}_v1`],
  ) => {
    const complete = {
      backupId,
      operationId: operationId(1),
      part: number,
      of: OF,
      optimizeVersion: '3.9.0',
      tandem: '1',
    };
    return engine.putSnapshot(repository, {
      name: nameOf(backupId, number),
      indices,
      startedAt: new Date(at),
      endedAt: new Date(at + 1_000),
      owner: owner === null || owner === undefined ? undefined : { ...complete, ...owner },
    });
  };
  /** Open, with no part seen. */
  const request = async (backupId: string, repository = REPOSITORY) => {
    operations += 1;
    const id = operationId(operations);
    const { clusterUuid } = await engine.info();
    const repositoryUuid = (await engine.readRepository(repository)).uuid;
    const acceptance = await history.accept({
      ...{ backupId, optimizeVersion: '3.9.0', profile: 'optimize', indexPrefix: 'optimize', origin: 'requested' },
      location: { clusterUuid, repository, repositoryUuid },
      parts: [1, 2].map((number) => ({
        ...{ number, of: OF, snapshotName: nameOf(backupId, number), indices: [`optimize-${number}_v1`] },
      })),
      ...{ operationId: id, requestId: undefined, actor, events: [] },
    });
    if (!acceptance.accepted) throw new Error('refused');
    return id;
  };
  const claimed = async (id: string) => {
    const claim = await history.claim(id, { worker: 'w', leaseMs: 1_000, createsPerRepository: 9, queuedRetryMs: 1 });
    if (!claim.claimed) throw new Error(claim.why);
    return claim.operation;
  };
  /** COMPLETED, as a create leaves it. */
  const backUp = async (backupId: string, repository = REPOSITORY) => {
    const id = await request(backupId, repository);
    const made = [1, 2].map((number) => put(backupId, number, { operationId: id }, repository));
    const { revision } = await claimed(id);
    await history.record(id, revision, {
      parts: made.map(({ uuid, versionId }, part) => ({
        ...{ number: part + 1, state: 'SUCCESS', uuid },
        ...omitUndefined({ versionId }),
      })),
      outcome: { do: 'end', state: 'SUCCEEDED', backup: 'COMPLETED' },
    });
    return id;
  };
  /** As engines do with the first snapshot that they make in a repository. */
  const giveUuid = async () => {
    const owner = { backupId: 'b', operationId: 'o', part: 1, of: 1, optimizeVersion: '3.9.0', tandem: '0' };
    engine.createIndex('optimize-first_v1');
    await engine.startSnapshot({ repository: REPOSITORY, name: 'first', indices: ['optimize-first_v1'], owner });
    engine.removeSnapshot(REPOSITORY, 'first');
  };
  const run = () => reconcile(deps);
  const find = async (backupId: string) => {
    const record = await history.findBackup(backupId, undefined);
    if (record === undefined) throw new Error(`no ${backupId}`);
    return record;
  };
  const kinds = async (backupId: string) => (await history.eventsOf(backupId, 100)).map(({ kind }) => kind);
  const pass = (ms: number) => {
    at += ms;
  };
  return { deps, engine, history, announced, put, request, claimed, backUp, giveUuid, run, find, kinds, pass };
};
