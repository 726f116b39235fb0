import { fileURLToPath } from 'node:url';
import { FAILURE_CODES } from '@tandem/shared/domain/failure/failures.ts';
import { describe, expect, it } from 'vitest';
import { contractProperties } from './style/descriptions.ts';
import { promisedIn } from './style/promises.ts';
import { allIn, productSources } from './style/source.ts';

// Ports are what packages agree on, policies are the rules: a reader of the comment need not read the code.
const sources = productSources(fileURLToPath(new URL('..', import.meta.url)));
const promised = promisedIn(sources);

/** FAILURE_CODE, also OTHER_NAMES_LIKE_IT: a state, a blocker, a setting, a constant. */
const CAPITALS = /\b[A-Z]+(?:_[A-Z0-9]+)+\b/g;

/** Names and texts of the code itself; what stands in comments only is not there. */
const inCode: ReadonlySet<string> = new Set([
  ...FAILURE_CODES,
  ...sources
    .flatMap(({ body }) => body.flatMap(allIn))
    .flatMap(({ name, value }) => [name, value])
    .filter((text): text is string => typeof text === 'string'),
]);

const unknownIn = (comment: string): readonly string[] =>
  (comment.match(CAPITALS) ?? []).filter((name) => !inCode.has(name));

describe('the comment of what other packages call', () => {
  it('is there, for every function of a port and every policy', () => {
    expect(promised.filter(({ kind }) => kind === 'port').length).toBeGreaterThan(100);
    expect(promised.filter(({ kind }) => kind === 'policy').length).toBeGreaterThan(300);
    expect(promised.filter(({ comment = '' }) => comment === '').map(({ at }) => at)).toEqual([]);
  });

  it('names no failure code, state or setting that does not exist', () => {
    const unknown = promised.flatMap(({ at, comment = '' }) => unknownIn(comment).map((name) => `${at}: ${name}`));
    expect(unknown).toEqual([]);
  });

  it('is searched for such names', () => {
    expect(unknownIn('ENGINE_BUSY, IN_PROGRESS; ENGINE_GONE: not one of them.')).toEqual(['ENGINE_GONE']);
  });
});

it('every property of a message has a description, in the schema or in one that it names', () => {
  const properties = contractProperties(sources);
  expect(properties.length).toBeGreaterThan(500);
  expect(properties.filter(({ isDescribed }) => !isDescribed).map(({ at }) => at)).toEqual([]);
});
