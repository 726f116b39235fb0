import type { OptimizeMetadata, SearchEngine } from '@tandem/engine/port.ts';
import { checkVersion } from '@tandem/shared/domain/backup/plan-backup.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';

export type DetectedVersion = {
  readonly version: string;
  /** Where the version was read. */
  readonly source: string;
  /** The metadata index with the shorter name, which also exists but was not used: an upgrade to 8.7 leaves it behind. */
  readonly unused: string | undefined;
};

type Found = { readonly alias: string; readonly metadata: OptimizeMetadata };

/** Since 8.7 the prefix precedes the word optimize. The longer form is tried first. */
const readMetadata = async (engine: Pick<SearchEngine, 'readOptimizeMetadata'>, prefix: string) => {
  const read = async (form: string): Promise<readonly Found[]> => {
    const metadata = await engine.readOptimizeMetadata(form);
    return metadata === undefined ? [] : [{ alias: `${form}-metadata`, metadata }];
  };
  return (await Promise.all([read(`${prefix}-optimize`), read(prefix)])).flat();
};

/**
 * The version used in snapshot names: the configured one, otherwise the one in Optimize's metadata index, under either form of its name.
 * Rejects with VERSION_UNKNOWN, VERSION_INVALID and as `SearchEngine.readOptimizeMetadata`.
 */
export const detectVersion = async (
  engine: Pick<SearchEngine, 'readOptimizeMetadata'>,
  configured: string | undefined,
  prefix: string,
): Promise<DetectedVersion> => {
  if (configured !== undefined) {
    const source = 'CAMUNDA_OPTIMIZE_VERSION';
    return { version: checkVersion(configured, source), source, unused: undefined };
  }
  const [used, other] = await readMetadata(engine, prefix);
  if (used === undefined) throw versionUnknown(prefix);
  const source = `document 1 of ${used.alias}`;
  return { version: checkVersion(used.metadata.schemaVersion, source), source, unused: other?.alias };
};

/** As `detectVersion`, for callers that only need the version. */
export const optimizeVersion = async (...args: Parameters<typeof detectVersion>): Promise<string> =>
  (await detectVersion(...args)).version;

const versionUnknown = (prefix: string) => {
  const lookedFor = [`${prefix}-metadata`, `${prefix}-optimize-metadata`];
  return fail(
    'VERSION_UNKNOWN',
    `CAMUNDA_OPTIMIZE_VERSION is not set, and document 1 of neither ${lookedFor.join(' nor ')} has the version. Set the variable, or check CAMUNDA_OPTIMIZE_INDEX_PREFIX.`,
    { lookedFor },
  );
};
