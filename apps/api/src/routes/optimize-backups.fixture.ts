import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import { claimed, operationId } from '@tandem/history/conformance/examples.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { formatSnapshotName } from '@tandem/shared/domain/backup/snapshot-name.ts';
import { type Failure, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { optimize } from '@tandem/shared/domain/profile.ts';
import { deleteBackup } from '../backups/delete-backup.ts';
import { deleteNumberedBackup } from '../backups/numbered/delete-numbered-backup.ts';
import { listNumberedBackups } from '../backups/numbered/list-numbered-backups.ts';
import { readNumberedBackup } from '../backups/numbered/read-numbered-backup.ts';
import { engineFacts } from '../backups/read/engine-facts.ts';
import { readBackup } from '../backups/read/read-backup.ts';
import { readBackupState } from '../backups/read/read-backup-state.ts';
import { requestBackup } from '../backups/request/request-backup.ts';
import { listening } from '../server.fixture.ts';
import { optimizeBackupRoutes } from './optimize-backup.ts';
import { optimizeBackupsRoutes } from './optimize-backups.ts';

export const REPOSITORY = 'backups';
const START = Date.parse('2026-01-01T00:00:00.978Z');
const INDICES = ['optimize-import-index_v3', 'optimize-alert_v4'];

export const nameOf = (backupId: string, number: number, optimizeVersion = '8.7.0') =>
  formatSnapshotName(optimize, { backupId, optimizeVersion, number, of: 2 });

export type Answered = { readonly status: number; readonly type: string | null; readonly json: unknown };

/** Both endpoints of Optimize over the engine and the history in memory, served by HTTP. No worker runs. */
export const startEndpoints = async (configured: string | null = REPOSITORY) => {
  const repository = configured ?? undefined;
  let at = START;
  const now = () => new Date(at);
  const history = inMemoryHistory({ now });
  const engine = inMemoryEngine({ now });
  engine.createRepository(REPOSITORY);
  for (const name of INDICES) engine.createIndex(name);
  let operations = 0;
  const newId = () => operationId(++operations);
  const nothing = (): void => undefined;
  const facts = engineFacts(engine, 15_000, () => at);
  const shared = { profile: optimize, engine, facts, history, newId, enqueue: nothing, announce: nothing };
  const reading = { ...shared, indexPrefix: 'optimize', repository, now };
  const tasks: Promise<unknown>[] = [];
  const read = { ...reading, afterAnswer: (_what: string, task: () => Promise<unknown>) => void tasks.push(task()) };
  const backUp = requestBackup({
    ...shared,
    settings: { repository, optimizeVersion: '8.7.0', indexPrefix: 'optimize' },
  });
  const remove = deleteBackup({
    ...shared,
    readBackup: readBackup(read),
    location: () => (repository === undefined ? undefined : facts.lastLocation(repository)),
  });
  const refused: Failure[] = [];
  const api = await listening(
    [
      ...optimizeBackupRoutes({ requestBackup: backUp, readBackupState: readBackupState(read) }),
      ...optimizeBackupsRoutes({
        requestBackup: backUp,
        listNumberedBackups: listNumberedBackups(reading),
        readNumberedBackup: readNumberedBackup(read),
        deleteNumberedBackup: deleteNumberedBackup({ ...reading, deleteBackup: remove }),
      }),
    ],
    { onRefused: (failure) => void (isFailure(failure) && refused.push(failure)) },
  );

  const call = async (method: string, path: string, body?: string, headers: Record<string, string> = {}) => {
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(`http://127.0.0.1:${api.port}/actuator${path}`, {
      method,
      headers: { ...type, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const json: unknown = text === '' ? undefined : JSON.parse(text);
    return { status: response.status, type: response.headers.get('content-type'), json } satisfies Answered;
  };

  /** As a worker does: both snapshots are made, and the operation ends well. */
  const complete = async (backupId: string) => {
    const record = await history.findBackup(backupId, undefined);
    const id = record?.create?.operationId ?? '';
    const { revision } = await claimed(history, id);
    const parts = [];
    for (const { number, snapshotName, indices } of record?.parts ?? []) {
      const owner = { backupId, operationId: id, part: number, of: 2, optimizeVersion: '8.7.0', tandem: '0' };
      at += 1_000;
      await engine.startSnapshot({ repository: REPOSITORY, name: snapshotName, indices, owner });
      engine.finish(REPOSITORY, snapshotName);
      const [made] = await engine.findSnapshots(REPOSITORY, [snapshotName]);
      parts.push({ number, state: 'SUCCESS', uuid: made?.uuid ?? null, startedAt: new Date(at) } as const);
    }
    const outcome = { do: 'end', state: 'SUCCEEDED', backup: 'COMPLETED' } as const;
    await history.record(id, revision, { parts, outcome });
  };

  return {
    ...{ history, engine, refused, call, complete, close: api.close },
    pass: (ms: number) => {
      at += ms;
    },
    newBackup: async (backupId: string) => {
      await call('POST', '/backup', JSON.stringify({ backupId }));
      await complete(backupId);
    },
    get: (backupId: string | number) => call('GET', `/backups/${backupId}`),
    list: async () => (await call('GET', '/backups')).json as { readonly backupId: number }[],
    settled: () => Promise.all(tasks),
  };
};
