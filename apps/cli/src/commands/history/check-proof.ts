import type { ExportedEvent } from '@tandem/shared/contract/exported-event.ts';
import type { BackupProof } from '@tandem/shared/contract/seals.ts';
import { fromHex, hex, rootOfProof } from '@tandem/shared/domain/history/seal/merkle.ts';
import { eventLeaf, sealHash } from '@tandem/shared/domain/history/seal/seal.ts';
import { sha256 } from '../../exports/verify-exports.ts';

/** What the API's proof does not prove, checked without trusting its verdict: seals, leaves, and the path from each leaf to its root. */
export const checkProof = ({ events, seals }: BackupProof): readonly string[] => {
  const roots = new Map(seals.map((seal) => [seal.number, seal.root]));
  return [
    ...seals.flatMap((seal) =>
      sealHash(sha256, seal) === seal.hash ? [] : [`seal ${seal.number} is not what its hash says`],
    ),
    ...events.flatMap((proven) => wrongEvent(proven, roots)),
  ];
};

const wrongEvent = (
  { event, leaf, seal, proof }: BackupProof['events'][number],
  roots: ReadonlyMap<number, string>,
) => {
  if (hex(eventLeaf(sha256, event as ExportedEvent)) !== leaf) return [`event ${event.id} is not what its leaf says`];
  if (seal === null) return [];
  const path = proof.map(({ side, hash }) => ({ side, hash: fromHex(hash) }));
  const root = hex(rootOfProof(sha256, fromHex(leaf), path));
  return root === roots.get(seal) ? [] : [`the proof of event ${event.id} does not lead to the root of seal ${seal}`];
};
