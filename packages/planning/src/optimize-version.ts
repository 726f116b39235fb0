import type { SearchEngine } from '@tandem/engine/port.ts';
import { fail } from '@tandem/shared/domain/failure.ts';
import { checkVersion } from '@tandem/shared/domain/plan-backup.ts';

/**
 * The version that snapshot names carry: the configured one, else the one that Optimize wrote into its metadata index.
 * VERSION_UNKNOWN, VERSION_INVALID, and what `SearchEngine.readOptimizeMetadata` rejects with.
 */
export const optimizeVersion = async (
  engine: SearchEngine,
  configured: string | undefined,
  prefix: string,
): Promise<string> => {
  if (configured !== undefined) return checkVersion(configured, 'CAMUNDA_OPTIMIZE_VERSION');
  const metadata = await engine.readOptimizeMetadata(prefix);
  if (metadata !== undefined) return checkVersion(metadata.schemaVersion, `document 1 of ${prefix}-metadata`);
  throw fail(
    'VERSION_UNKNOWN',
    `Neither is CAMUNDA_OPTIMIZE_VERSION set, nor does document 1 of ${prefix}-metadata tell the version. Set the variable, or check CAMUNDA_OPTIMIZE_INDEX_PREFIX.`,
    { lookedFor: `${prefix}-metadata` },
  );
};
