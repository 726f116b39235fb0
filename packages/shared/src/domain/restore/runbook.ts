import { type BackupRecord, type PartRecord, takenParts } from '../backup/backup.ts';
import { belongsInBackup, classifyIndices } from '../ownership/index-ownership.ts';
import type { Manifests } from './manifest/manifest.ts';
import { savedDocuments } from './manifest/saved-documents.ts';

/**
 * Pure: how to restore this very backup by hand, with curl and a shell alone, as Markdown. All of its `sh` blocks, one after the
 * other, are a script that ends with another status than 0 where something is not as it should be. No credentials: curl reads its own.
 * Indices of other installations and components, which older backups may hold, are left out, and are never deleted.
 */
export const runbook = (recorded: BackupRecord, manifests: ReadonlyMap<number, Manifests>): string => {
  const { backup, leftOut } = withoutForeign(recorded);
  return [
    ...heading(backup),
    ...beforeRestore(backup),
    ...(leftOut.length === 0
      ? []
      : [`Not restored, since they are not of this Optimize: ${leftOut.map(code).join(', ')}.`, '']),
    ...backup.parts.flatMap((part, at) => restorePart(backup, part, recorded.parts[at] ?? part)),
    ...afterRestore(backup, manifests),
    '',
  ].join('\n');
};

const withoutForeign = (backup: BackupRecord) => {
  const names = backup.parts.flatMap(({ indices }) => indices);
  const ownership = [...classifyIndices(backup.indexPrefix, names).values()];
  const leftOut = ownership.filter((index) => !belongsInBackup(index)).map(({ name }) => name);
  const isOurs = (name: string) => !leftOut.includes(name);
  const parts = backup.parts.map((part) => ({ ...part, indices: part.indices.filter(isOurs) }));
  return { backup: { ...backup, parts }, leftOut };
};

/** Runs the lines once for each of the names, which they read as INDEX. */
const forEachIndex = (names: readonly string[], ...lines: readonly string[]): readonly string[] => [
  'while read -r INDEX; do',
  ...lines.map((line) => `  ${line}`),
  "done <<'INDICES'",
  ...names,
  'INDICES',
];

const restoredNames = ({ parts }: BackupRecord): readonly string[] => parts.flatMap(({ indices }) => indices);

const block = (...lines: readonly string[]): readonly string[] => ['', '```sh', ...lines, '```', ''];

/** In a path and between double quotes of a shell. */
const encoded = (name: string): string =>
  encodeURIComponent(name).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** As one word of a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** Foreign names must not be interpreted as Markdown. */
const code = (text: string): string => `\`${text.replaceAll('`', "'")}\``;

const heading = ({ backupId, optimizeVersion, state, stateSeenAt, location }: BackupRecord): readonly string[] => [
  `# Restore of backup ${code(backupId)} by hand`,
  '',
  `Optimize ${code(optimizeVersion)}, repository ${code(location.repository)} (uuid ${code(location.repositoryUuid ?? 'not known')}), taken in cluster ${code(location.clusterUuid)}.`,
  ...(state === 'COMPLETED'
    ? []
    : [
        '',
        `**It was last seen ${state}, at ${stateSeenAt.toISOString()}: a backup that is not COMPLETED cannot be restored completely.**`,
      ]),
  '',
  `Stop Optimize on every host first, and install Optimize ${code(optimizeVersion)} where it is to run: another version does not read this data.`,
  'If the engine requires credentials, put them into `~/.curlrc`, which curl reads by default.',
  ...block('set -eu', `: "\${ENGINE_URL:=http://localhost:9200}"`, 'stop() { echo "STOP: $*" >&2; exit 1; }'),
];

const beforeRestore = (backup: BackupRecord): readonly string[] => {
  const { location, indexPrefix, parts } = backup;
  const repository = `$ENGINE_URL/_snapshot/${encoded(location.repository)}`;
  return [
    '## 1. The repository can be used',
    '',
    `An engine that does not know ${code(location.repository)} must have it registered first, at its old location.`,
    ...block(`curl -fsS -X POST "${repository}/_verify" || stop "the repository cannot be used"`),
    '## 2. The snapshots are those of this backup',
    ...block(...takenParts(parts).flatMap((part) => checkSnapshot(repository, part))),
    '## 3. No index of this Optimize is there, neither open nor closed nor hidden',
    '',
    'The engine would refuse to restore over an open one, and overwrite a closed one without a word.',
    ...block(
      `THERE="$(curl -fsS "$ENGINE_URL/_cat/indices/${encoded(indexPrefix)}-*?expand_wildcards=all&h=index" | tr -d ' ')"`,
      ...forEachIndex(
        restoredNames(backup),
        'if echo "$THERE" | grep -qxF "$INDEX"; then stop "$INDEX is there: back it up and delete it first"; fi',
      ),
    ),
    `Other indices may begin with ${code(`${indexPrefix}-`)} as well. Those of this Optimize that the backup does not hold would be mixed with what is`,
    'restored: back them up and delete them. Those of another installation or component (Operate, Tasklist, Zeebe) are not yours to delete: leave them alone.',
    ...block(
      `[ -z "$THERE" ] || [ "\${LEAVE_OTHERS:-}" = yes ] || stop "these are there: $THERE. Delete those of this Optimize only, then run this again with LEAVE_OTHERS=yes"`,
    ),
  ];
};

const checkSnapshot = (repository: string, { snapshotName, uuid }: PartRecord): readonly string[] => {
  const found = [
    `SNAPSHOT="$(curl -fsS "${repository}/${encoded(snapshotName)}")" || stop ${quoted(`${snapshotName} is missing`)}`,
  ];
  const required = uuid === undefined ? ['"state":"SUCCESS"'] : [`"uuid":"${uuid}"`, '"state":"SUCCESS"'];
  return [
    ...found,
    ...required.map(
      (text) =>
        `echo "$SNAPSHOT" | tr -d ' \\n' | grep -qF ${quoted(text)} || stop ${quoted(`${snapshotName} has not ${text}`)}`,
    ),
  ];
};

const nothingToRestore = ({ indices }: PartRecord): string =>
  indices.length === 0
    ? 'The indices of this part were never seen: nothing is restored for it.'
    : 'None of the indices of this part is of this Optimize: nothing is restored for it.';

const restorePart = (
  { location }: BackupRecord,
  { number, of, snapshotName, indices, state }: PartRecord,
  recorded: PartRecord,
): readonly string[] => {
  if (state === 'EMPTY') {
    const words = 'This part was recorded as empty and has no snapshot: there is nothing to restore for it.';
    return [`## ${number + 3}. Part ${number} of ${of}: no index`, '', words, ''];
  }
  const path = `$ENGINE_URL/_snapshot/${encoded(location.repository)}/${encoded(snapshotName)}/_restore`;
  const body = { indices, include_global_state: false, include_aliases: true, partial: false };
  return [
    `## ${number + 3}. Part ${number} of ${of}: ${indices.length} indices`,
    '',
    'The line comes back when the part is restored. From another terminal one can watch it:',
    `${code(`curl -fsS "$ENGINE_URL/_cat/recovery?active_only=true&v"`)}`,
    ...(indices.length === 0
      ? ['', nothingToRestore(recorded)]
      : block(
          `ANSWER="$(curl -fsS -X POST "${path}?wait_for_completion=true" \\`,
          "  -H 'Content-Type: application/json' --data-binary @- <<'JSON'",
          JSON.stringify(body, null, 2),
          'JSON',
          ')" || stop "the engine refused the restore"',
          'echo "$ANSWER"',
          `echo "$ANSWER" | tr -d ' \\n' | grep -qE '"failed":0[,}]' || stop ${quoted(`shards of part ${number} were not restored`)}`,
        )),
  ];
};

const afterRestore = (backup: BackupRecord, manifests: ReadonlyMap<number, Manifests>): readonly string[] => {
  const { parts, indexPrefix } = backup;
  const first = parts.length + 4;
  const pattern = `${encoded(indexPrefix)}-*`;
  return [
    `## ${first}. Every shard is there`,
    ...block(
      `curl -fsS "$ENGINE_URL/_cat/recovery/${pattern}?h=index,shard,stage,files_percent,bytes_percent&v"`,
      ...forEachIndex(
        restoredNames(backup).map(encoded),
        'curl -fsS "$ENGINE_URL/_cluster/health/$INDEX?wait_for_status=yellow&timeout=60s" > /dev/null || stop "primaries of $INDEX are missing"',
      ),
    ),
    ...countChecks(backup, manifests, first + 1),
    `## ${first + 2}. The aliases are there`,
    '',
    'Optimize finds its indices by their aliases, which were restored with them.',
    ...block(`curl -fsS "$ENGINE_URL/_cat/aliases/${pattern}?h=alias,index&s=alias&v"`),
    'Start Optimize.',
  ];
};

/** What an index may hold, by what was measured right before and right after its part was made. */
const countChecks = (
  { parts }: BackupRecord,
  manifests: ReadonlyMap<number, Manifests>,
  step: number,
): readonly string[] => {
  const rows = parts.flatMap(({ number, indices }) => {
    const saved = manifests.get(number);
    return indices.map((index) => ({ index, range: saved === undefined ? undefined : savedDocuments(saved, index) }));
  });
  const known = rows.flatMap(({ index, range }) =>
    range === undefined ? [] : [`${encoded(index)} ${range.min} ${range.max}`],
  );
  const unknown = rows.filter(({ range }) => range === undefined).map(({ index }) => code(index));
  return [
    `## ${step}. Every index holds what was saved`,
    '',
    'Each line: the index, and how many documents it may hold at least and at most.',
    ...(known.length === 0
      ? ['', 'Nothing was measured when this backup was made: there is nothing to compare with.', '']
      : block(
          'while read -r INDEX MIN MAX; do',
          '  COUNT="$(curl -fsS "$ENGINE_URL/$INDEX/_count" | sed \'s/.*"count" *: *\\([0-9]*\\).*/\\1/\')"',
          '  [ "$COUNT" -ge "$MIN" ] && [ "$COUNT" -le "$MAX" ] ||',
          '    stop "$INDEX holds $COUNT documents, not $MIN to $MAX"',
          "done <<'INDICES'",
          ...known,
          'INDICES',
        )),
    ...(unknown.length === 0 || known.length === 0 ? [] : [`Not measured: ${unknown.join(', ')}.`, '']),
  ];
};
