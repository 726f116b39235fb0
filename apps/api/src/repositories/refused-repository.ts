import type { OperationHistory, OperationRecord } from '@tandem/history/ports/operations.ts';
import type { BackupsInRepository } from '@tandem/history/ports/repositories.ts';
import type { RestoreHistory } from '@tandem/history/ports/restores.ts';
import { cutList } from '@tandem/shared/domain/cut-list.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { nameList } from '@tandem/shared/domain/name-list.ts';
import { secretSettings } from '@tandem/shared/domain/repository/secret-settings.ts';
import type { RestoreTask } from '@tandem/shared/domain/restore/run/restore-memory.ts';

/** The settings as texts, as engines return them. REPOSITORY_SECRET, REQUEST_INVALID: a value is no text, number or boolean. No value is named. */
export const acceptableSettings = (
  type: string,
  settings: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> => {
  requireNoSecrets(type, settings);
  const wrong = Object.entries(settings).flatMap(([name, value]) => (isPlain(value) ? [] : [name]));
  if (wrong.length > 0)
    throw fail(
      'REQUEST_INVALID',
      `The values of settings must be texts, numbers, true or false; these are not: ${nameList(wrong)}. Name a nested setting with dots, such as "a.b".`,
      { field: 'settings', ...cutList('found', wrong) },
    );
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)]));
};

const isPlain = (value: unknown): boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

const requireNoSecrets = (type: string, settings: Readonly<Record<string, unknown>>): void => {
  const secrets = secretSettings(type, settings);
  if (secrets.length === 0) return;
  const found = secrets.map(({ setting }) => setting);
  const keystore = secrets.flatMap(({ keystore: name }) => name ?? []);
  const where = keystore.length === 0 ? "the engine's keystore" : `the keystore of every node as ${nameList(keystore)}`;
  throw fail(
    'REPOSITORY_SECRET',
    `settings must not hold secrets, which every user who may read repositories could see; found ${nameList(found)}. Put it into ${where} (bin/elasticsearch-keystore add, bin/opensearch-keystore add), then POST _nodes/reload_secure_settings.`,
    { field: 'settings', found, keystore },
  );
};

/** REPOSITORY_NOT_CONFIRMED: backups are recorded in it, and `confirm` is not its name. */
export const requireConfirmed = (
  repository: string,
  confirm: string | undefined,
  recorded: BackupsInRepository | undefined,
): void => {
  if (recorded === undefined || confirm === repository) return;
  const { backups, newest } = recorded;
  const name = JSON.stringify(repository);
  throw fail(
    'REPOSITORY_NOT_CONFIRMED',
    `Repository ${name} would lead to another location: the ${backups} backups that are recorded in it, the newest ${newest.backupId}, would no longer be found, and new backups be refused until the location is accepted. Their snapshots stay where they are. Send "confirm": ${name} to register it anyway, or choose another name.`,
    { field: 'confirm', repository, backups, newestBackupId: newest.backupId },
  );
};

const OPEN = ['QUEUED', 'RUNNING', 'WAITING'] as const;
const PAGE = 1_000;

/** REPOSITORY_IN_USE: open operations of backups in it, or a restore that saves into it what it deletes. A SUSPENDED one sends nothing. */
export const requireUnused = async (
  history: Pick<OperationHistory, 'listOperations'> & Pick<RestoreHistory, 'listRestores'>,
  repository: string,
): Promise<void> => {
  const using = [...(await openIn(history, repository)), ...(await openRestoresSavingInto(history, repository))];
  const byId = new Map(using.map((operation) => [operation.operationId, operation]));
  if (byId.size === 0) return;
  const words = [...byId.values()].map(({ operationId, kind }) => `${operationId} (${kind})`);
  throw fail(
    'REPOSITORY_IN_USE',
    `Repository ${JSON.stringify(repository)} cannot be led to another location while operations use it: ${nameList(words, { max: 5 })}. Wait until they end, or cancel them.`,
    { repository, ...cutList('operations', [...byId.keys()]) },
  );
};

const openIn = async (
  history: Pick<OperationHistory, 'listOperations'>,
  repository: string,
  after?: string,
): Promise<readonly OperationRecord[]> => {
  const open = await history.listOperations({ states: OPEN }, after, PAGE);
  const using = open.filter((operation) => operation.repository === repository);
  return open.length < PAGE ? using : [...using, ...(await openIn(history, repository, open.at(-1)?.position))];
};

/** One restore is open in each cluster at most. */
const openRestoresSavingInto = async (
  history: Pick<RestoreHistory, 'listRestores'>,
  repository: string,
): Promise<readonly OperationRecord[]> => {
  const open = await history.listRestores({ kinds: ['restore'], states: OPEN }, undefined, PAGE);
  return open.filter(
    ({ detail }) => (detail.task as Partial<RestoreTask> | undefined)?.safetyRepository === repository,
  );
};
