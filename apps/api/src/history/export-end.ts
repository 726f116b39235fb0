import { createHash } from 'node:crypto';
import type { ExportEnd } from '@tandem/shared/contract/exports.ts';

/** Complete lines of NDJSON, followed by a line that marks the end: HTTP/1.0 cannot mark the end of a response. */
export async function* withEnd(texts: AsyncIterable<string>): AsyncGenerator<string> {
  const hash = createHash('sha256');
  let count = 0;
  for await (const text of texts) {
    hash.update(text);
    count += lineFeedsIn(text);
    yield text;
  }
  const end: ExportEnd = { end: { count, sha256: hash.digest('hex') } };
  yield `${JSON.stringify(end)}\n`;
}

const lineFeedsIn = (text: string): number => {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
};
