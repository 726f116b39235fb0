import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Content } from '../../ports/restores.ts';
import type { MakeHistory } from '../history-under-test.ts';

const digestOf = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex');

const content = (bytes: readonly number[]): Content => {
  const body = Uint8Array.from(bytes);
  return { digest: digestOf(body), body };
};

const everyByte = content(Array.from({ length: 256 }, (_, byte) => byte));
const nothing = content([]);
const large = content(Array.from({ length: 300_000 }, (_, at) => (at * 7_919) % 251));

const inOrder = (contents: readonly Content[]): readonly Content[] =>
  contents.toSorted((one, other) => (one.digest < other.digest ? -1 : 1));

export const contents = (makeHistory: MakeHistory): void => {
  it('keeps contents and reads them back byte by byte', async () => {
    const { history } = await makeHistory();
    const all = [everyByte, nothing, large];
    await history.keepContents(all);
    const read = await history.readContents(all.map(({ digest }) => digest));
    expect(inOrder(read)).toEqual(inOrder(all));
  });

  it('keeps what it has where it is kept again, and once where it comes twice', async () => {
    const { history } = await makeHistory();
    await history.keepContents([everyByte, everyByte]);
    await history.keepContents([{ digest: everyByte.digest, body: Uint8Array.of(1) }, nothing]);
    const command = [everyByte.digest, everyByte.digest, nothing.digest];
    expect(inOrder(await history.readContents(command))).toEqual(inOrder([everyByte, nothing]));
  });

  it('reads those that are there', async () => {
    const { history } = await makeHistory();
    await history.keepContents([]);
    await history.keepContents([everyByte]);
    expect(await history.readContents([nothing.digest, everyByte.digest])).toEqual([everyByte]);
    expect(await history.readContents([nothing.digest])).toEqual([]);
    expect(await history.readContents([])).toEqual([]);
  });

  it('keeps each once however many bring them at once, in whatever order', async () => {
    const { history } = await makeHistory();
    const many = Array.from({ length: 50 }, (_, at) => content([at, at + 1]));
    await Promise.all(
      Array.from({ length: 20 }, (_, at) => history.keepContents(at % 2 === 0 ? many : many.toReversed())),
    );
    expect(inOrder(await history.readContents(many.map(({ digest }) => digest)))).toEqual(inOrder(many));
  });
};
