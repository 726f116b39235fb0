import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { digestOf } from '../http/cursor.ts';

/** The operations in a preview: each revision by position. An operation that has been retried since has another revision. */
export type Shown = ReadonlyMap<string, number>;

type Of = { readonly position: string; readonly revision: number };

/** Opaque to clients and stateless: the operations, newest first, as differences between positions, and a digest of them and the filter. */
export const writeToken = (operations: readonly Of[], filter: unknown): string => {
  let above = 0n;
  const numbers = operations.flatMap(({ position, revision }) => {
    const step = above === 0n ? BigInt(position) : above - BigInt(position);
    above = BigInt(position);
    return [step, BigInt(revision)];
  });
  const list = Buffer.from([BigInt(operations.length), ...numbers].flatMap(asBytes)).toString('base64url');
  return `${seal(list, filter)}.${list}`;
};

/** TOKEN_INVALID: truncated, or of another filter. */
export const readToken = (token: string, filter: unknown): Shown => {
  const [sealed, list = ''] = token.split('.', 2);
  const [count = 0n, ...numbers] = sealed === seal(list, filter) ? asNumbers(Buffer.from(list, 'base64url')) : [];
  if (sealed !== seal(list, filter) || numbers.length !== Number(count) * 2) throw tokenInvalid();
  const shown = new Map<string, number>();
  let above = 0n;
  for (let at = 0; at < numbers.length; at += 2) {
    const [step = 0n, revision = 0n] = numbers.slice(at, at + 2);
    above = above === 0n ? step : above - step;
    shown.set(String(above), Number(revision));
  }
  return shown;
};

const tokenInvalid = () =>
  fail(
    'TOKEN_INVALID',
    'The token is not one that a preview with this filter returned. Request a preview again, without a token.',
  );

const seal = (list: string, filter: unknown): string => digestOf({ retry: filter, list });

/** Varint: seven bits per byte, the low ones first; the eighth is set if more bytes follow. */
const asBytes = (number: bigint): readonly number[] => {
  const low = Number(number & 127n);
  return number < 128n ? [low] : [low | 128, ...asBytes(number >> 7n)];
};

const asNumbers = (bytes: Uint8Array): readonly bigint[] => {
  const numbers: bigint[] = [];
  let bits = 0n;
  let number = 0n;
  for (const byte of bytes) {
    number |= BigInt(byte & 127) << bits;
    bits += 7n;
    if (byte >= 128) continue;
    numbers.push(number);
    [bits, number] = [0n, 0n];
  }
  return numbers;
};
