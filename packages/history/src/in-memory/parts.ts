import type { PartManifest, PartRecord } from '@tandem/shared/domain/backup/backup.ts';
import type { PartChange } from '../ports/backups.ts';
import { mergedManifest } from '../ports/merged-parts.ts';

/** What is absent in the change stays as it was. */
export const withChanges = (part: PartRecord, change: PartChange): PartRecord => ({
  ...part,
  state: change.state ?? part.state,
  indices: change.indices ? [...change.indices] : part.indices,
  starts: part.starts + (change.started ? 1 : 0),
  uuid: change.uuid === null ? undefined : (change.uuid ?? part.uuid),
  engineVersion: change.engineVersion ?? part.engineVersion,
  versionId: change.versionId ?? part.versionId,
  startedAt: change.startedAt ?? part.startedAt,
  endedAt: change.endedAt ?? part.endedAt,
  shards: change.shards ?? part.shards,
  bytes: change.bytes ?? (change.started ? undefined : part.bytes),
  failures: change.failures ?? part.failures,
  manifest: manifestOf(part, change),
  oldestIndex: change.oldestIndex ?? part.oldestIndex,
  drift: change.uuid === undefined || change.uuid === part.uuid ? part.drift : undefined,
});

const manifestOf = (part: PartRecord, change: PartChange): PartManifest | undefined => {
  const { before, after } = mergedManifest(part.manifest, change.manifest) ?? {};
  return before === undefined ? undefined : { before, after };
};
