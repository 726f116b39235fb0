import type { RestoreHistory } from '@tandem/history/ports/restores.ts';
import { type OldestIndex, oldestOf } from '@tandem/shared/domain/backup/state/compatibility.ts';
import { manifestFrom, namedInManifest } from '@tandem/shared/domain/restore/manifest/manifest.ts';
import { readTexts } from './kept-text.ts';

type Contents = Pick<RestoreHistory, 'keepContents' | 'readContents'>;

/**
 * The oldest index in each of these stored manifests, by digest. A manifest that describes no index, or that the history does not have, is left out.
 * Rejects with HISTORY_UNREACHABLE.
 */
export const oldestInManifests = async (
  history: Contents,
  digests: readonly string[],
): Promise<ReadonlyMap<string, OldestIndex>> => {
  const texts = await readTexts(history, digests);
  const named = [...texts].map(([digest, text]) => ({ digest, text, shapes: namedInManifest(text).shapes }));
  const shapes = await readTexts(
    history,
    named.map((manifest) => manifest.shapes),
  );
  return new Map(
    named.flatMap(({ digest, text, shapes: of }) => {
      const kept = shapes.get(of);
      const oldest = kept === undefined ? undefined : oldestOf(manifestFrom(text, kept).shapes);
      return oldest === undefined ? [] : [[digest, oldest] as const];
    }),
  );
};
