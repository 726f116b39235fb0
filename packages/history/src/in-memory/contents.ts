import type { Content } from '../ports/restores.ts';
import type { Tables } from './tables.ts';

export const keepContents = (tables: Tables, contents: readonly Content[]): void => {
  for (const { digest, body } of contents) {
    if (!tables.contents.has(digest)) tables.contents.set(digest, Uint8Array.from(body));
  }
};

export const readContents = (tables: Tables, digests: readonly string[]): readonly Content[] =>
  [...new Set(digests)].flatMap((digest) => {
    const body = tables.contents.get(digest);
    return body === undefined ? [] : [{ digest, body: Uint8Array.from(body) }];
  });
