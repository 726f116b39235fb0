import type { PartManifest } from '@tandem/shared/domain/backup/backup.ts';
import type { PartChange } from './backups.ts';

/** One change per part, in the order of their first appearance: of the same field of the same part the later value counts. */
export const mergedParts = (parts: readonly PartChange[]): readonly PartChange[] => {
  const byNumber = new Map<number, PartChange>();
  for (const part of parts) byNumber.set(part.number, merged(byNumber.get(part.number), part));
  return [...byNumber.values()];
};

const merged = (kept: PartChange | undefined, told: PartChange): PartChange => {
  const manifest = mergedManifest(kept?.manifest, told.manifest);
  const { bytes: _, ...begun } = kept ?? {};
  return { ...(told.started ? begun : kept), ...told, ...(manifest && { manifest }) };
};

type Manifest = Partial<PartManifest> | undefined;

/** A new `before` belongs to a new snapshot and replaces both; a new `after` is added to the `before` that is kept. */
export const mergedManifest = (kept: Manifest, told: Manifest): Manifest => {
  if (told?.before !== undefined) return told;
  return told?.after === undefined ? kept : { ...kept, after: told.after };
};
