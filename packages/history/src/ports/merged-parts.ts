import type { PartManifest } from '@tandem/shared/domain/backup/backup.ts';
import type { PartChange } from './backups.ts';

/** One change per part, in the order of their first appearance: later values of a field win. */
export const mergedParts = (parts: readonly PartChange[]): readonly PartChange[] => {
  const byNumber = new Map<number, PartChange>();
  for (const part of parts) byNumber.set(part.number, merged(byNumber.get(part.number), part));
  return [...byNumber.values()];
};

const merged = (kept: PartChange | undefined, change: PartChange): PartChange => {
  const manifest = mergedManifest(kept?.manifest, change.manifest);
  const { bytes: _, ...begun } = kept ?? {};
  return { ...(change.started ? begun : kept), ...change, ...(manifest && { manifest }) };
};

type Manifest = Partial<PartManifest> | undefined;

/** A new `before` belongs to a new snapshot and replaces both; a new `after` is added to the `before` that is kept. */
export const mergedManifest = (kept: Manifest, change: Manifest): Manifest => {
  if (change?.before !== undefined) return change;
  return change?.after === undefined ? kept : { ...kept, after: change.after };
};
