import type { PartRecord } from './backup.ts';
import { canRestore } from './compatibility.ts';
import type { PlanFacts, PlannedIndex, RestoreRequest } from './plan-facts.ts';
import { isTheOne } from './recorded-state.ts';
import { isIndexName } from './rename.ts';
import type { Snapshot } from './snapshot.ts';

export const BLOCKER_CODES = [
  'BACKUP_DELETED',
  'REPOSITORY_UNAVAILABLE',
  'REPOSITORY_CHANGED',
  'PART_MISSING',
  'PART_REPLACED',
  'PART_UNFINISHED',
  'PART_NOT_WHOLE',
  'PART_INCOMPATIBLE',
  'NOTHING_TO_RESTORE',
  'VERSION_DIFFERS',
  'TARGET_INVALID',
  'INDICES_PRESENT',
  'OPTIMIZE_RUNNING',
  'SNAPSHOT_RUNNING',
  'BACKUP_RUNNING',
  'RESTORE_RUNNING',
  'DISK_SHORT',
  'SHARDS_SHORT',
] as const;
export type BlockerCode = (typeof BLOCKER_CODES)[number];

/** A reason why a restore must not start. */
export type Blocker = {
  readonly code: BlockerCode;
  readonly message: string;
  /** Names in full, however many. */
  readonly found: readonly string[];
  /** What a person can do. */
  readonly remedy: string;
};

/** Pure: every blocker at once, in the order of BLOCKER_CODES. */
export const restoreBlockers = (
  request: RestoreRequest,
  facts: PlanFacts,
  restores: readonly PlannedIndex[],
): readonly Blocker[] => [
  ...ofBackup(facts),
  ...ofRepository(facts),
  ...ofParts(facts),
  ...ofVersion(request, facts),
  ...ofTargets(request, facts, restores),
  ...ofWork(request, facts, restores),
  ...ofRoom(request, facts, restores),
];

const blocker = (code: BlockerCode, found: readonly string[], message: string, remedy: string): Blocker => ({
  code,
  message,
  found,
  remedy,
});

/** None where nothing was found. */
const blockerOf = (code: BlockerCode, found: readonly string[], message: string, remedy: string): readonly Blocker[] =>
  found.length === 0 ? [] : [blocker(code, found, message, remedy)];

const ofBackup = ({ backup }: PlanFacts): readonly Blocker[] =>
  backup.deletedAt === undefined
    ? []
    : [
        blocker(
          'BACKUP_DELETED',
          [backup.backupId],
          `Backup ${backup.backupId} was deleted at ${backup.deletedAt.toISOString()}.`,
          'Choose another backup.',
        ),
      ];

const ofRepository = ({ backup, repository }: PlanFacts): readonly Blocker[] => {
  const { repository: name, repositoryUuid } = backup.location;
  if (repository.trouble !== undefined) {
    return [
      blocker(
        'REPOSITORY_UNAVAILABLE',
        [name],
        repository.trouble,
        `Register or mend repository ${name}, then verify it.`,
      ),
    ];
  }
  if (repositoryUuid === undefined || repository.uuid === undefined || repository.uuid === repositoryUuid) return [];
  return [
    blocker(
      'REPOSITORY_CHANGED',
      [repository.uuid],
      `Repository ${name} stands for another place now: its uuid is ${repository.uuid}, the backup is in ${repositoryUuid}.`,
      `Register ${name} to its old place.`,
    ),
  ];
};

type SeenPart = { readonly part: PartRecord; readonly snapshot: Snapshot };

const ofParts = ({ backup, seen, engine, repository }: PlanFacts): readonly Blocker[] => {
  if (repository.trouble !== undefined) return [];
  const pairs = backup.parts.map((part) => ({ part, snapshot: seen.find(({ name }) => name === part.snapshotName) }));
  const there = pairs.filter((pair): pair is SeenPart => pair.snapshot !== undefined);
  const isRecorded = ({ part, snapshot }: SeenPart) => isTheOne(snapshot, part.uuid, backup.create?.operationId);
  const ours = there.filter(isRecorded);
  const names = (some: readonly SeenPart[]) => some.map(({ snapshot }) => snapshot.name);
  return [
    ...blockerOf(
      'PART_MISSING',
      pairs.filter(({ snapshot }) => snapshot === undefined).map(({ part }) => part.snapshotName),
      `Snapshots of the backup are not in repository ${backup.location.repository}.`,
      'Choose another backup: a part alone cannot be restored.',
    ),
    ...blockerOf(
      'PART_REPLACED',
      there
        .filter((pair) => !isRecorded(pair))
        .map(({ part, snapshot }) => `${snapshot.name} (uuid ${snapshot.uuid}, recorded ${part.uuid ?? 'none'})`),
      'Snapshots were deleted and made again under the same names: they are not those of this backup.',
      'Choose another backup, or find out who made them.',
    ),
    ...blockerOf(
      'PART_UNFINISHED',
      names(ours.filter(({ snapshot }) => snapshot.state === 'IN_PROGRESS')),
      'Snapshots of the backup are still being made.',
      'Wait until the backup is COMPLETED.',
    ),
    ...blockerOf(
      'PART_NOT_WHOLE',
      ours
        .filter(({ snapshot }) => isNotWhole(snapshot))
        .map(({ snapshot }) => `${snapshot.name} (${snapshot.state}, ${snapshot.shards.failed} failed shards)`),
      'Snapshots of the backup are not whole.',
      'Choose another backup.',
    ),
    ...blockerOf(
      'PART_INCOMPATIBLE',
      ours
        .filter(({ snapshot }) => snapshot.state === 'INCOMPATIBLE' || !canRestore(snapshot.versionId, engine))
        .map(({ snapshot }) => `${snapshot.name} (${snapshot.engineVersion ?? 'version not told'})`),
      'The running engine cannot restore snapshots of that version.',
      'Restore into an engine of the version that took them, or of the next major.',
    ),
    ...blockerOf(
      'NOTHING_TO_RESTORE',
      ours
        .filter(({ snapshot }) => snapshot.state === 'SUCCESS' && snapshot.indices.length === 0)
        .map(({ snapshot }) => snapshot.name),
      'Snapshots of the backup hold no index.',
      'Choose another backup.',
    ),
  ];
};

const isNotWhole = ({ state, shards }: Snapshot): boolean =>
  state === 'FAILED' || state === 'PARTIAL' || (state === 'SUCCESS' && shards.failed > 0);

const ofVersion = (
  { acceptVersion, copy }: RestoreRequest,
  { backup, runningVersion }: PlanFacts,
): readonly Blocker[] => {
  const saved = backup.optimizeVersion;
  if (
    copy ||
    runningVersion === undefined ||
    runningVersion.version === saved ||
    acceptVersion?.toLowerCase() === saved
  )
    return [];
  return [
    blocker(
      'VERSION_DIFFERS',
      [saved, runningVersion.version],
      `The backup is of Optimize ${saved}, and ${runningVersion.source} says ${runningVersion.version}: Optimize does not read the data of another version.`,
      `Install Optimize ${saved}, or send "acceptVersion": ${JSON.stringify(saved)} to restore it all the same.`,
    ),
  ];
};

const ofTargets = (
  { rename, deleteExisting }: RestoreRequest,
  { existing }: PlanFacts,
  restores: readonly PlannedIndex[],
): readonly Blocker[] => [
  ...blockerOf(
    'TARGET_INVALID',
    badTargets(restores),
    'Indices would be restored under one and the same name, or under one that engines refuse.',
    'Choose another target.renamePattern and target.renameReplacement.',
  ),
  ...(deleteExisting
    ? []
    : blockerOf(
        'INDICES_PRESENT',
        existing.map(({ name, open }) => (open ? name : `${name} (closed)`)),
        rename === undefined
          ? 'Indices of Optimize are there: restored ones would be mixed with them, and closed ones be overwritten.'
          : 'Indices are there under the names to restore to.',
        'Delete them, restore under other names, or send "deleteExisting": true to have them deleted.',
      )),
];

const ofWork = (
  { rename }: RestoreRequest,
  { optimizeAnswersAt, runningSnapshots, openCreates, openRestore, existing }: PlanFacts,
  restores: readonly PlannedIndex[],
): readonly Blocker[] => {
  const touched = new Set([...restores.map(({ as }) => as), ...existing.map(({ name }) => name)]);
  const running = runningSnapshots.filter(({ indices }) => indices.some((index) => touched.has(index)));
  return [
    ...(rename === undefined && optimizeAnswersAt !== undefined
      ? [
          blocker(
            'OPTIMIZE_RUNNING',
            [optimizeAnswersAt],
            `Optimize answers at ${optimizeAnswersAt}: it would write into what is being restored.`,
            'Stop Optimize.',
          ),
        ]
      : []),
    ...blockerOf(
      'SNAPSHOT_RUNNING',
      running.map(({ repository, name }) => `${repository}/${name}`),
      'Snapshots of those indices are being made.',
      'Wait until they have ended.',
    ),
    ...(rename === undefined
      ? blockerOf(
          'BACKUP_RUNNING',
          openCreates.map(({ backupId, operationId }) => `${backupId} (operation ${operationId})`),
          'Backups of this cluster are being made: they would hold a half-restored state.',
          'Wait until they have ended, or cancel them.',
        )
      : []),
    ...(openRestore === undefined
      ? []
      : [
          blocker(
            'RESTORE_RUNNING',
            [`${openRestore.backupId} (operation ${openRestore.operationId})`],
            'Another restore into this cluster is open.',
            'Wait until it has ended, or cancel it.',
          ),
        ]),
  ];
};

/** Only what both the engine and the manifests tell is compared. */
const ofRoom = (request: RestoreRequest, facts: PlanFacts, restores: readonly PlannedIndex[]): readonly Blocker[] => {
  const { freeBytes, freeShards } = facts.capacity;
  const needed = needs(request, facts, restores);
  const given = request.deleteExisting ? freedBy(facts) : { bytes: 0, shards: 0 };
  const free = freeBytes.reduce((sum, bytes) => sum + bytes, 0) + given.bytes;
  const isDiskShort = freeBytes.length > 0 && needed.bytes !== undefined && needed.bytes > free;
  const shards = freeShards === undefined ? undefined : freeShards + given.shards;
  const isShardsShort = shards !== undefined && needed.shards !== undefined && needed.shards > shards;
  return [
    ...(isDiskShort
      ? [
          blocker(
            'DISK_SHORT',
            [`needed ${needed.bytes} bytes`, `free ${free} bytes`],
            `The restore needs ${needed.bytes} bytes, replicas included; the data nodes may write ${free} before the flood stage stops all writing.`,
            'Free disk space or add a data node.',
          ),
        ]
      : []),
    ...(isShardsShort
      ? [
          blocker(
            'SHARDS_SHORT',
            [`needed ${needed.shards} shards`, `free ${shards} shards`],
            `The restore opens ${needed.shards} shards; the cluster takes ${shards} more.`,
            'Delete indices, add a data node, or raise cluster.max_shards_per_node.',
          ),
        ]
      : []),
  ];
};

/** Undefined: a part has no manifest, so it is not known. */
const needs = ({ copy }: RestoreRequest, { manifests }: PlanFacts, restores: readonly PlannedIndex[]) => {
  const shapes = new Map(
    [...manifests.values()]
      .flatMap(({ before, after }) => [...before.shapes, ...(after?.shapes ?? [])])
      .map((shape) => [shape.name, shape]),
  );
  let [bytes, shards]: [number | undefined, number | undefined] = [0, 0];
  for (const { index, bytes: primaryBytes } of restores) {
    const shape = shapes.get(index);
    const copies = copy ? 1 : 1 + (shape?.replicas ?? 0);
    bytes = bytes === undefined || primaryBytes === null ? undefined : bytes + primaryBytes * copies;
    shards = shards === undefined || shape === undefined ? undefined : shards + shape.primaries * copies;
  }
  return { bytes, shards };
};

const freedBy = ({ existing, existingFigures }: PlanFacts) => {
  const copies = new Map(existing.map(({ name, replicas }) => [name, 1 + replicas]));
  return {
    bytes: existingFigures.reduce((sum, { name, primaryBytes }) => sum + primaryBytes * (copies.get(name) ?? 1), 0),
    shards: existing.reduce((sum, { primaries, replicas }) => sum + primaries * (1 + replicas), 0),
  };
};

/** Two saved indices under one name, or a name that engines refuse. */
const badTargets = (restores: readonly PlannedIndex[]): readonly string[] => {
  const counted = new Map<string, number>();
  for (const { as } of restores) counted.set(as, (counted.get(as) ?? 0) + 1);
  return restores
    .filter(({ as }) => (counted.get(as) ?? 0) > 1 || !isIndexName(as))
    .map(({ index, as }) => `${index} -> ${as}`);
};
