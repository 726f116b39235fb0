import { formatSnapshotName } from '@tandem/shared/domain/backup/snapshot-name.ts';
import { splitIntoParts } from '@tandem/shared/domain/backup/split-into-parts.ts';
import { defaultProfile } from '@tandem/shared/domain/profile.ts';
import type { BenchEngine } from './bench-engine.ts';

export const OPTIMIZE_VERSION = '3.9.0';

/** The snapshot names that Tandem uses, part 1 first. */
export const snapshotNames = (backupId: string): readonly string[] =>
  defaultProfile.parts.map((_, at) =>
    formatSnapshotName(defaultProfile, {
      backupId,
      optimizeVersion: OPTIMIZE_VERSION,
      number: at + 1,
      of: defaultProfile.parts.length,
    }),
  );

/** The index lists of the parts as they are now. */
export const indexListsOf = async (engine: BenchEngine): Promise<readonly (readonly string[])[]> => {
  const { indices } = (await engine.call('GET', '_resolve/index/optimize-*?expand_wildcards=all')) as {
    indices: { name: string }[];
  };
  return splitIntoParts(
    defaultProfile,
    'optimize',
    indices.map(({ name }) => name),
  );
};
