import { CannotVerify } from './verify-arguments.ts';

/** Exports are in the order of their times; ids of those that came at once are a little out of it. */
const WINDOW = 20_000;

const byId = <Row extends { readonly id: string }>(one: Row, other: Row): number => {
  const [a, b] = [BigInt(one.id), BigInt(other.id)];
  return a < b ? -1 : a > b ? 1 : 0;
};

/** Rows that are nearly in the order of their ids, in that order; CannotVerify where they are not nearly. */
export async function* inIdOrder<Row extends { readonly id: string }>(
  rows: AsyncIterable<Row>,
  name: string,
  window = WINDOW,
): AsyncIterable<Row> {
  let held: Row[] = [];
  let last: Row | undefined;
  const checked = (row: Row): Row => {
    if (last !== undefined && byId(last, row) > 0) {
      throw new CannotVerify(
        `${name}: event ${row.id} comes long after event ${last.id}. Export the events oldest first.`,
      );
    }
    last = row;
    return row;
  };
  for await (const row of rows) {
    held.push(row);
    if (held.length < 2 * window) continue;
    held.sort(byId);
    for (const next of held.slice(0, window)) yield checked(next);
    held = held.slice(window);
  }
  for (const next of held.sort(byId)) yield checked(next);
}
