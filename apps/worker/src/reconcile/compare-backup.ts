import type { LivingBackup } from '@tandem/history/ports/reconciliation.ts';
import type { ListedSnapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import { listedAsSeen } from '@tandem/shared/domain/backup/state/listed-as-seen.ts';
import { recordedState } from '@tandem/shared/domain/backup/state/recorded-state.ts';
import { foundInstead, isNoticed } from '@tandem/shared/domain/reconciliation/drift.ts';
import type { Presence } from '@tandem/shared/domain/reconciliation/reconciliation.ts';
import type { Listing } from './read-repositories.ts';

type LivingPart = LivingBackup['parts'][number];

/** Compares the names and uuids of a backup. Undefined: something differs from the record, so the backup must be read from the engine. */
export const compareBackup = (
  backup: LivingBackup,
  { snapshots, engine }: Listing,
): readonly Presence[] | undefined => {
  const listed = backup.parts.map((part) => snapshots.get(part.snapshotName));
  if (!backup.parts.every((part, at) => isAsNoted(part, listed[at]))) return undefined;
  const seen = backup.parts.flatMap((part, at) => listedAsSeen(part, listed[at]));
  if (recordedState(backup, seen, engine) !== backup.state) return undefined;
  return backup.parts.flatMap((part, at) => presenceOf(part, listed[at]));
};

/** A snapshot with the name of a part that has no uuid is only known to be foreign if its metadata was read before. */
const isAsNoted = (part: LivingPart, listed: ListedSnapshot | undefined): boolean => {
  if (listed !== undefined && listed.uuid === part.uuid) return listed.state !== undefined && part.drift === undefined;
  if (listed !== undefined) return part.drift?.uuid === listed.uuid;
  return isNoticed(part.drift, foundInstead(part, undefined, undefined));
};

const presenceOf = ({ uuid, drift }: LivingPart, listed: ListedSnapshot | undefined): readonly Presence[] => {
  if (drift !== undefined) return [drift.is];
  return uuid === undefined && listed === undefined ? [] : ['present'];
};
