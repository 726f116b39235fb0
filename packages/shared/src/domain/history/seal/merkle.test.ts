import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { type Digest, fromHex, hex, inclusionProof, leafHash, merkleRoot, rootOfProof } from './merkle.ts';

const sha256: Digest = (bytes) => createHash('sha256').update(bytes).digest();

const leaves = (count: number): readonly Uint8Array[] =>
  Array.from({ length: count }, (_, at) => leafHash(sha256, `leaf ${at}`));

// The reference inputs of certificate-transparency-go, whose roots are known.
const KNOWN = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];

it.each([
  [1, '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
  [2, 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
  [3, 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
  [7, 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
  [8, '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
])('has the roots of RFC 6962: %i leaves', (count, root) => {
  const known = KNOWN.slice(0, count).map((leaf) => sha256(Uint8Array.from([0, ...fromHex(leaf)])));
  expect(hex(merkleRoot(sha256, known))).toBe(root);
});

it('has the root of nothing', () => {
  expect(hex(merkleRoot(sha256, []))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

it.each([1, 2, 3, 4, 5, 8, 13, 33])('proves each of %i leaves, and no other leaf', (count) => {
  const all = leaves(count);
  const root = hex(merkleRoot(sha256, all));
  for (const [at, leaf] of all.entries()) {
    const proof = inclusionProof(sha256, all, at);
    expect(proof.length).toBeLessThanOrEqual(Math.ceil(Math.log2(count)));
    expect(hex(rootOfProof(sha256, leaf, proof))).toBe(root);
    expect(hex(rootOfProof(sha256, leafHash(sha256, 'another'), proof))).not.toBe(root);
  }
});
