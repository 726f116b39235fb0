import type { BackupProof } from '@tandem/shared/contract/seals.ts';
import { hex, inclusionProof } from '@tandem/shared/domain/history/seal/merkle.ts';
import { eventLeaf, nextSeal } from '@tandem/shared/domain/history/seal/seal.ts';
import { events } from '@tandem/shared/domain/history/verify/sealed-history.fixture.ts';
import { expect, it } from 'vitest';
import { sha256 } from '../../exports/verify-exports.ts';
import { checkProof } from './check-proof.ts';

const some = events.slice(0, 3);
const seal = nextSeal(sha256, { last: undefined, sealedAt: '2026-03-01T12:01:00Z', events: some, nothingWaits: true });
const leaves = some.map((event) => eventLeaf(sha256, event));

const proof: BackupProof = {
  ...{ backupId: 'backup-1', intact: true, findings: [], backups: [], allEvents: true, moreEvents: 0, unsealed: 0 },
  events: some.map((event, nth) => ({
    ...{ event, leaf: hex(leaves[nth] ?? new Uint8Array()), seal: 1 },
    proof: inclusionProof(sha256, leaves, nth).map(({ side, hash }) => ({ side, hash: hex(hash) })),
  })),
  seals: [seal],
};

const withEvent = (nth: number, change: object): BackupProof => ({
  ...proof,
  events: proof.events.map((one, at) => (at === nth ? { ...one, ...change } : one)),
});

it('accepts what was sealed', () => {
  expect(checkProof(proof)).toEqual([]);
  expect(checkProof(withEvent(0, { seal: null, proof: [] }))).toEqual([]);
});

it.each([
  ['another event', withEvent(1, { event: { ...some[1], reason: 'another' } }), 'event 2 is not what its leaf says'],
  ['another path', withEvent(1, { proof: [] }), 'the proof of event 2 does not lead to the root of seal 1'],
  ['an unknown seal', withEvent(2, { seal: 7 }), 'the proof of event 3 does not lead to the root of seal 7'],
  ['another seal', { ...proof, seals: [{ ...seal, count: 4 }] }, 'seal 1 is not what its hash says'],
])('does not believe the server about %s', (_, changed, finding) => {
  expect(checkProof(changed)).toEqual([finding]);
});
