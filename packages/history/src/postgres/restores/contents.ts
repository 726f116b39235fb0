import type { Content } from '../../ports/restores.ts';
import type { Database } from '../connection/open-database.ts';
import { answer, count, json, list, sql, statement } from '../sql/statement.ts';

// In the same order everywhere, so that statements cannot deadlock.
const KEEP = statement`
WITH kept AS (
  INSERT INTO content (digest, body)
  SELECT DISTINCT ON (1) decode(c.digest, 'hex'), decode(c.body, 'base64') FROM unnest($1::text[], $2::text[]) AS c(digest, body) ORDER BY 1
  ON CONFLICT DO NOTHING RETURNING digest
)
SELECT ${answer(count())} FROM kept`;

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

const CONTENT_JSON = json({
  digest: sql<string>("encode(c.digest, 'hex')"),
  body: sql<string>("encode(c.body, 'base64')"),
});

// Not by Prisma's client, which writes a statement for each length of a list.
const READ = statement`
SELECT ${answer(list(CONTENT_JSON))}
FROM content c WHERE c.digest = ANY (ARRAY(SELECT decode(digest, 'hex') FROM unnest($1::text[]) digest))`;

export const readContents =
  (database: Database) =>
  async (digests: readonly string[]): Promise<readonly Content[]> => {
    if (digests.length === 0) return [];
    const contents = await database.ask(READ, digests);
    return (contents ?? []).map(({ digest, body }) => ({ digest, body: Uint8Array.from(Buffer.from(body, 'base64')) }));
  };
