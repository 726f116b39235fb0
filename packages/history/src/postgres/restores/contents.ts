import type { Content } from '../../ports/restores.ts';
import type { Database } from '../connection/open-database.ts';

// In the same order everywhere, so that statements cannot deadlock.
const KEEP = `
WITH kept AS (
  INSERT INTO content (digest, body)
  SELECT DISTINCT ON (1) decode(c.digest, 'hex'), decode(c.body, 'base64') FROM unnest($1::text[], $2::text[]) AS c(digest, body) ORDER BY 1
  ON CONFLICT DO NOTHING RETURNING digest
)
SELECT count(*)::int AS answer FROM kept`;

export const keepContents =
  (database: Database) =>
  async (contents: readonly Content[]): Promise<void> => {
    if (contents.length === 0) return;
    const digests = contents.map(({ digest }) => digest);
    await database.ask(
      KEEP,
      digests,
      contents.map(({ body }) => Buffer.from(body).toString('base64')),
    );
  };

const READ = `
SELECT coalesce(jsonb_agg(jsonb_build_object('digest', encode(c.digest, 'hex'), 'body', encode(c.body, 'base64'))), '[]') AS answer
FROM content c WHERE c.digest = ANY (ARRAY(SELECT decode(digest, 'hex') FROM unnest($1::text[]) digest))`;

type ContentJson = { readonly digest: string; readonly body: string };

export const readContents =
  (database: Database) =>
  async (digests: readonly string[]): Promise<readonly Content[]> => {
    if (digests.length === 0) return [];
    const contents = await database.ask<readonly ContentJson[]>(READ, digests);
    return (contents ?? []).map(({ digest, body }) => ({ digest, body: Uint8Array.from(Buffer.from(body, 'base64')) }));
  };
