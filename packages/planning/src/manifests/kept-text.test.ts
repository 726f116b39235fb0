import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { expect, it } from 'vitest';
import { digestOf } from '../digest.ts';
import { keepTexts, readTexts } from './kept-text.ts';

const kept = (text: string) => ({ digest: digestOf(text), text });
const setUp = () => inMemoryHistory({ now: () => new Date(0) });

it('reads texts as they were stored', async () => {
  const history = setUp();
  const [plain, unicode] = [kept('{"a":1}'), kept('größer, 更大')];
  await keepTexts(history, [plain, unicode, plain]);
  expect(await readTexts(history, [plain.digest, unicode.digest])).toEqual(
    new Map([plain, unicode].map(({ digest, text }) => [digest, text])),
  );
});

it('stores a text compressed', async () => {
  const history = setUp();
  const long = kept('a'.repeat(10_000));
  await keepTexts(history, [long]);
  const [content] = await history.readContents([long.digest]);
  expect(content?.body.length).toBeLessThan(1_000);
});

it('leaves out what the history does not have', async () => {
  const history = setUp();
  const known = kept('known');
  await keepTexts(history, [known]);
  const texts = await readTexts(history, [known.digest, digestOf('unknown')]);
  expect([...texts.values()]).toEqual(['known']);
});
