import type { RestoreHistory } from '@tandem/history/ports/restores.ts';
import type { PartRecord } from '@tandem/shared/domain/backup/backup.ts';
import type { TemplateCapsule } from '@tandem/shared/domain/restore/manifest/index-facts.ts';
import {
  type Manifest,
  type Manifests,
  manifestFrom,
  namedInManifest,
} from '@tandem/shared/domain/restore/manifest/manifest.ts';
import { readTexts } from './kept-text.ts';

type Contents = Pick<RestoreHistory, 'keepContents' | 'readContents'>;

export type SavedManifests = {
  /** By part; parts without a manifest are left out. */
  readonly byPart: ReadonlyMap<number, Manifests>;
  /** From the last part that has one. */
  readonly capsule: TemplateCapsule | undefined;
};

/** The manifests that the history stored around each part. Rejects with HISTORY_UNREACHABLE. */
export const readManifests = async (history: Contents, parts: readonly PartRecord[]): Promise<SavedManifests> => {
  const digests = parts
    .flatMap(({ manifest }) => [manifest?.before, manifest?.after])
    .filter((digest) => digest !== undefined);
  const texts = await readTexts(history, digests);
  const named = [...texts.values()].map(namedInManifest);
  const rest = await readTexts(
    history,
    named.flatMap(({ shapes, templates }) => [shapes, templates]),
  );
  const read = (digest: string | undefined): Manifest | undefined => {
    const text = digest === undefined ? undefined : texts.get(digest);
    const shapes = text === undefined ? undefined : rest.get(namedInManifest(text).shapes);
    return text === undefined || shapes === undefined ? undefined : manifestFrom(text, shapes);
  };
  const pairs = parts.flatMap(({ number, manifest }) => {
    const before = read(manifest?.before);
    return before === undefined ? [] : [[number, { before, after: read(manifest?.after) }] as const];
  });
  const last = pairs.at(-1)?.[1];
  const capsule = last === undefined ? undefined : rest.get((last.after ?? last.before).templates);
  return {
    byPart: new Map(pairs),
    capsule: capsule === undefined ? undefined : (JSON.parse(capsule) as TemplateCapsule),
  };
};
