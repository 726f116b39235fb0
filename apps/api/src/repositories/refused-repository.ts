import type { OperationHistory } from '@tandem/history/ports/operations.ts';
import type { BackupsInRepository } from '@tandem/history/ports/repositories.ts';
import { cutList } from '@tandem/shared/domain/cut-list.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { nameList } from '@tandem/shared/domain/name-list.ts';
import { secretSettings } from '@tandem/shared/domain/repository/secret-settings.ts';

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
const MAX_OPEN = 1_000;

/** REPOSITORY_IN_USE: open operations of backups in it. A SUSPENDED one sends nothing. */
export const requireUnused = async (
  history: Pick<OperationHistory, 'listOperations'>,
  repository: string,
): Promise<void> => {
  const open = await history.listOperations({ states: OPEN }, undefined, MAX_OPEN);
  const using = open.filter((operation) => operation.repository === repository);
  if (using.length === 0) return;
  const words = using.map(({ operationId, kind }) => `${operationId} (${kind})`);
  const ids = using.map(({ operationId }) => operationId);
  throw fail(
    'REPOSITORY_IN_USE',
    `Repository ${JSON.stringify(repository)} cannot be led to another location while operations use it: ${nameList(words, { max: 5 })}. Wait until they end, or cancel them.`,
    { repository, ...cutList('operations', ids) },
  );
};
