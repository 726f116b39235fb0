/** SHA-256, handed in: this package has no crypto of its own. */
export type Digest = (bytes: Uint8Array) => Uint8Array;

/*
 * Merkle trees as in RFC 6962, 2.1: a leaf is hashed after a byte 0, two nodes after a byte 1, so that neither passes for the other; a
 * tree of n leaves has the largest power of two below n on its left.
 */

const utf8 = new TextEncoder();

/** The hash of a leaf: of a byte 0 and the text in UTF-8 (RFC 6962, 2.1). */
export const leafHash = (digest: Digest, text: string): Uint8Array => digest(utf8.encode(`\u0000${text}`));

const nodeHash = (digest: Digest, left: Uint8Array, right: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(1 + left.length + right.length);
  bytes[0] = 1;
  bytes.set(left, 1);
  bytes.set(right, 1 + left.length);
  return digest(bytes);
};

const splitOf = (count: number): number => {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
};

/** The root of the tree over these leaves, in their order; the hash of nothing if there are none (RFC 6962, 2.1). */
export const merkleRoot = (digest: Digest, leaves: readonly Uint8Array[]): Uint8Array => {
  const [only] = leaves;
  if (only === undefined) return digest(new Uint8Array());
  if (leaves.length === 1) return only;
  const split = splitOf(leaves.length);
  return nodeHash(digest, merkleRoot(digest, leaves.slice(0, split)), merkleRoot(digest, leaves.slice(split)));
};

/** The hashes that the leaf at that index is combined with, one after the other, to reach the root. */
export const inclusionProof = (
  digest: Digest,
  leaves: readonly Uint8Array[],
  index: number,
): readonly { readonly side: 'left' | 'right'; readonly hash: Uint8Array }[] => {
  if (leaves.length <= 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...inclusionProof(digest, left, index), { side: 'right', hash: merkleRoot(digest, right) }]
    : [...inclusionProof(digest, right, index - split), { side: 'left', hash: merkleRoot(digest, left) }];
};

/** The root that a leaf and its inclusion proof lead to. */
export const rootOfProof = (digest: Digest, leaf: Uint8Array, proof: ReturnType<typeof inclusionProof>): Uint8Array =>
  proof.reduce(
    (hash, step) => (step.side === 'left' ? nodeHash(digest, step.hash, hash) : nodeHash(digest, hash, step.hash)),
    leaf,
  );

/** Two lower-case hexadecimal digits per byte. */
export const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The reverse of `hex`; the text must have an even number of hexadecimal digits. */
export const fromHex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
