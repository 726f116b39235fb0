import { CannotVerify } from './cannot-verify.ts';

/** Passes on rows that are in the order of their ids, as in exports; CannotVerify if they are not. */
export async function* inIdOrder<Row extends { readonly id: string }>(
  rows: AsyncIterable<Row>,
  name: string,
): AsyncIterable<Row> {
  let last: string | undefined;
  for await (const row of rows) {
    if (last !== undefined && BigInt(row.id) < BigInt(last)) {
      throw new CannotVerify(
        `${name}: event ${row.id} comes after event ${last}. Exports are in the order of their ids.`,
      );
    }
    last = row.id;
    yield row;
  }
}
