import { gunzipSync, gzipSync } from 'node:zlib';
import type { RestoreHistory } from '@tandem/history/ports/restores.ts';
import type { KeptText } from '@tandem/shared/domain/restore/manifest/manifest.ts';

type Contents = Pick<RestoreHistory, 'keepContents' | 'readContents'>;

/** Stores each distinct text once, compressed, under its digest. Rejects with HISTORY_UNREACHABLE. */
export const keepTexts = async (history: Contents, texts: readonly KeptText[]): Promise<void> => {
  const unique = [...new Map(texts.map((kept) => [kept.digest, kept])).values()];
  // takes a few milliseconds for the texts of 2,000 indices, not worth a thread
  await history.keepContents(unique.map(({ digest, text }) => ({ digest, body: gzipSync(text) })));
};

/** The texts by digest, without those that the history does not have. Rejects with HISTORY_UNREACHABLE. */
export const readTexts = async (
  history: Contents,
  digests: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  if (digests.length === 0) return new Map();
  const contents = await history.readContents([...new Set(digests)]);
  return new Map(contents.map(({ digest, body }) => [digest, gunzipSync(body).toString('utf8')]));
};
