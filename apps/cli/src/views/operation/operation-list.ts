import type { Schemas } from '../../connect/schemas.ts';
import type { Screen } from '../../output/screen.ts';
import { state } from '../../output/style.ts';
import { stacked, table } from '../../output/table.ts';
import { counted, listed } from '../../output/units.ts';

const COLUMNS = [{ head: 'operation' }, { head: 'kind' }, { head: 'state' }, { head: 'backup', min: 12 }] as const;

type Listed = Pick<
  Schemas['Operation'],
  'operationId' | 'kind' | 'state' | 'backupId' | 'requestedAt' | 'lastError' | 'failure'
>;

/** The time is below the id, which is long and has to be copied in one piece. */
export const operationList = (operations: readonly Listed[], screen: Screen): string =>
  table(
    COLUMNS,
    operations.map(({ operationId, kind, state: name, backupId, requestedAt, lastError, failure }) => [
      `${operationId}\n${screen.style.dim(`${listed(requestedAt, screen.now)} (UTC)`)}`,
      kind,
      state(name, screen.style),
      [backupId, failure?.code ?? lastError?.code ?? ''].filter((text) => text !== '').join('\n'),
    ]),
    screen,
    'No operation fits.',
  );

type Preview = Schemas['BulkRetryPreview'] | Schemas['BulkReleasePreview'];
type Result = Schemas['BulkRetryResult'] | Schemas['BulkReleaseResult'];

/** What a retry or release of many would do. */
export const bulkPreview = (preview: Preview, screen: Screen): string => {
  const ids = 'operations' in preview ? preview.operations.map(({ operationId }) => operationId) : preview.operationIds;
  const deletions = preview.deletes.map(({ backupId, repository, snapshotNames }) => [
    backupId,
    snapshotNames.map((name) => `${repository}/${name}`).join('\n'),
  ]);
  return stacked(
    `${counted(preview.count, 'operation')}${preview.more === 0 ? '' : `, and ${preview.more} more that one run does not take`}`,
    ...ids,
    table([{ head: 'deletes backup' }, { head: 'snapshots', min: 20 }], deletions, screen, ''),
  );
};

export const bulkResult = ({ items }: Result, screen: Screen): string =>
  table(
    [{ head: 'operation' }, { head: 'result' }],
    items.map(({ operationId, result }) => [operationId, result]),
    screen,
    'No operation fitted any more.',
  );
