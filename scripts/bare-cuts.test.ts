import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

/** Where a list or a text is cut other than by `cutList` and `nameList`, and why the rest is not needed. */
const ALLOWED: Readonly<Record<string, readonly [times: number, why: string]>> = {
  'apps/api/src/history/export-history.ts': [1, 'a time without its milliseconds'],
  'apps/api/src/compatibility/upgrade-check.ts': [1, 'a page'],
  'apps/api/src/seals/list-seals.ts': [1, 'a page: `next` says that there are more'],
  'apps/api/src/history/search-backups.ts': [1, 'a page'],
  'apps/api/src/history/search-events.ts': [1, 'a page'],
  'apps/api/src/backups/changes/change-hub.ts': [1, 'one round; the next takes the rest'],
  'apps/api/src/backups/numbered/list-numbered-backups.ts': [1, '`isCut` says that there are more'],
  'apps/api/src/backups/request/new-backup-id.ts': [1, 'a time'],
  'apps/api/src/backups/request/after-answer.ts': [1, 'one round'],
  'apps/api/src/backups/request/refused-requests.ts': [1, 'a text'],
  'apps/api/src/http/body-failure.ts': [1, 'a header in a sentence'],
  'apps/api/src/http/cursor.ts': [1, 'a digest'],
  'apps/api/src/http/media-type.ts': [2, 'a header in a sentence'],
  'apps/api/src/http/read-input.ts': [1, 'a text'],
  'apps/api/src/express/observe.ts': [1, 'a path in a log entry'],
  'apps/api/src/express/request-checks.ts': [1, 'a header in a sentence'],
  'apps/api/src/identity/open-requests.ts': [1, 'a header in a sentence'],
  'apps/api/src/identity/check-origin.ts': [2, 'a header in a sentence'],
  'apps/api/src/identity/oidc/token-claims.ts': [1, 'a text'],
  'apps/api/src/operations/operate.ts': [1, 'a page'],
  'apps/api/src/restores/read-restores.ts': [1, 'a page'],
  'apps/api/src/restores/restore-progress.ts': [1, '`moreIndices` counts the rest'],
  'apps/api/src/routes/backups.ts': [1, 'a page'],
  'apps/api/src/status/status-answer.ts': [1, '`more` says that there are more'],
  'apps/worker/src/background/report-late-restores.ts': [1, 'those before it'],
  'apps/worker/src/compose.ts': [1, 'a name'],
  'apps/worker/src/jobs/restore/compare/compare.ts': [1, 'a digest in a sentence'],
  'packages/engine/src/rest/failures/failure.ts': [2, 'a text; `suppressed` says how many more causes there are'],
  'packages/engine/src/rest/indices/explain-shards.ts': [1, 'so many calls; every failure keeps a reason'],
  'packages/engine/src/rest/replies/explanation.ts': [1, 'says how many more nodes there are'],
  'packages/engine/src/rest/replies/recovery.ts': [1, 'a text'],
  'packages/engine/src/rest/reply-fields.ts': [1, 'a path'],
  'packages/shared/src/domain/identity/network-of.ts': [1, "an address' network"],
  'apps/cli/src/program/options.ts': [1, 'the day of a time'],
  'apps/cli/src/output/units.ts': [2, 'a time without its seconds, or its milliseconds'],
  'apps/cli/src/views/backup/backup-details.ts': [1, 'says how many more there are'],
  'apps/cli/src/views/history/history-summary.ts': [1, 'a day of a time'],
  'apps/cli/src/views/keys.ts': [1, 'a time without its seconds'],
  'apps/cli/src/views/history/reconciliation-details.ts': [3, 'says how many more there are'],
  'apps/cli/src/views/restore/restore-details.ts': [1, 'says how many more there are'],
  'apps/cli/src/views/restore/restore-plan.ts': [4, 'says how many more there are'],
  'apps/cli/src/views/upgrade-check.ts': [1, 'a time without its seconds'],
  'apps/cli/src/offline/keys/key-table.ts': [1, 'a time without its seconds'],
  'packages/engine/src/rest/request-rules.ts': [2, 'texts'],
  'packages/history/src/postgres/connection/open-database.ts': [1, 'a digest'],
  'packages/history/src/ports/storable.ts': [1, 'a text'],
  'packages/planning/src/derived-uuid.ts': [1, 'a digest'],
  'packages/planning/src/manifests/each-index.ts': [1, 'a half; the other follows'],
  'packages/runtime/src/settings/unknown-variables.ts': [1, 'the beginning of a name'],
  'packages/runtime/src/process/watchdog-thread.ts': [1, 'a text up to its end'],
  'packages/shared/src/contract/refusals/issue-sentence.ts': [1, 'a text'],
  'packages/shared/src/contract/labels.ts': [1, 'a text'],
  'packages/shared/src/contract/lists.ts': [1, 'a text'],
  'packages/shared/src/domain/history/csv-cell.ts': [1, 'a character'],
  'packages/shared/src/domain/cut-list.ts': [1, 'this is how it is done'],
  'packages/shared/src/domain/cut-lists.ts': [1, 'truncated names the list and its length'],
  'packages/shared/src/domain/history/seal/merkle.ts': [2, 'a half'],
  'packages/shared/src/domain/name-list.ts': [1, 'this is how it is done'],
  'packages/shared/src/domain/backup/plan-backup.ts': [1, 'a text'],
  'packages/shared/src/domain/identity/role-claims.ts': [1, 'a part; the rest follows'],
  'packages/shared/src/domain/identity/role-mapping.ts': [2, 'a part before a sign; a text'],
  'packages/shared/src/domain/restore/plan/plan-difference.ts': [1, '`more` counts the rest'],
  'packages/shared/src/domain/restore/plan/plan-lists.ts': [1, 'a page; next says that there are more'],
  'packages/shared/src/domain/restore/rehearsal-sample.ts': [1, 'a sample of the requested size'],
  'packages/shared/src/domain/restore/rehearsal.ts': [1, 'the beginning and the end of a name'],
  'packages/shared/src/domain/restore/plan/rename.ts': [2, 'a text'],
  'packages/shared/src/domain/backup/snapshot.ts': [1, 'a text'],
};

const root = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = ['apps/*/src/**/*.ts', 'packages/{shared,planning,engine,history,queue,runtime}/src/**/*.ts'];
const IS_ELSEWHERE = /\.test\.ts$|\.fixture\.ts$|\/(generated|conformance|testing|in-memory)\//;

const cuts = (text: string): number => text.match(/\.(slice|splice)\(\s*0,(?!\s*-)|\.take\(/g)?.length ?? 0;

it('cuts no list without saying how many there are', () => {
  const found = globSync(SOURCES, { cwd: root })
    .filter((file) => !IS_ELSEWHERE.test(file))
    .map((file) => [file, cuts(readFileSync(`${root}${file}`, 'utf8'))] as const)
    .filter(([, times]) => times > 0)
    .sort();
  expect(Object.fromEntries(found)).toEqual(
    Object.fromEntries(Object.entries(ALLOWED).map(([file, [times]]) => [file, times])),
  );
});
