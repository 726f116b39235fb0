import { describe, expect, it } from 'vitest';
import {
  differentUuids,
  foldCheck,
  foldProofs,
  foldUuids,
  isSameCheck,
  isSameProof,
  NO_PROOFS,
  provenAt,
  verifiedIn,
} from './fold-evidence.ts';

describe('the snapshots that events tell', () => {
  const both = { 1: 'a', 2: 'b' };

  it.each<[string, Parameters<typeof foldUuids>[2], object]>([
    ['part.adopted', { part: 1, uuid: 'c' }, { 1: 'c', 2: 'b' }],
    ['part.succeeded', { part: 3, uuid: 'c' }, { ...both, 3: 'c' }],
    ['part.succeeded', { part: 1, uuid: null }, both],
    ['part.succeeded', { part: 1 }, both],
    ['part.starting', { part: 1 }, { 2: 'b' }],
    ['part.vanished', { part: 2 }, { 1: 'a' }],
    ['part.deleted', { part: 1, uuids: { 3: 'c' } }, { 2: 'b' }],
    ['part.deleted', { part: 3 }, both],
    ['backup.discovered', { uuids: { 3: 'c', 4: null, 5: 6 } }, { ...both, 3: 'c' }],
    ['backup.state-changed', { uuids: { 1: 'c' } }, { 1: 'c', 2: 'b' }],
    ['backup.state-changed', {}, both],
    ['part.failed', { part: 1, uuid: 'c' }, both],
  ])('follow %s: %j', (kind, after, told) => {
    expect(foldUuids(both, kind, after)).toEqual(told);
  });

  it.each([
    ['the recorded one', 'SUCCESS', 'a', []],
    ['another one', 'SUCCESS', 'x', [{ number: 1, is: 'x', should: 'a' }]],
    ['none', 'SUCCESS', null, [{ number: 1, is: 'none', should: 'a' }]],
    ['none, of a part that has not ended', 'STARTING', null, []],
  ])('are compared with a row that has %s', (_, state, uuid, different) => {
    expect(differentUuids([{ number: 1, state, uuid }], { 1: 'a' })).toEqual(different);
  });

  it('are not compared where no event describes them', () => {
    expect(differentUuids([{ number: 2, state: 'SUCCESS', uuid: 'x' }], { 1: 'a' })).toEqual([]);
  });
});

describe('the proofs that events tell', () => {
  const COMPLETED = 'rehearsal.completed';
  const proof = { operationId: 'rehearsal', at: '2026-03-01T12:00:00.000Z' };

  it('are the last full and the last partial one', () => {
    const full = foldProofs(NO_PROOFS, COMPLETED, 'one', { proof });
    const other = { ...proof, operationId: 'other' };
    expect(full).toEqual({ ...NO_PROOFS, proof });
    expect(foldProofs(full, COMPLETED, 'two', { partialProof: other })).toEqual({
      proof,
      partialProof: other,
      unverified: [],
    });
  });

  it('are told by the step that compared, and again by the end', () => {
    const compared = foldProofs(NO_PROOFS, 'rehearsal.step', 'one', { step: 'compare', proof });
    expect(foldProofs(compared, 'rehearsal.step', 'one', { step: 'take-back' })).toEqual({ ...NO_PROOFS, proof });
    expect(foldProofs(compared, COMPLETED, 'one', { proof })).toEqual({ ...NO_PROOFS, proof });
  });

  it('name the rehearsals of earlier versions, as far as the events do', () => {
    expect(foldProofs(NO_PROOFS, COMPLETED, 'one', {})).toEqual({ ...NO_PROOFS, unverified: ['one'] });
    expect(foldProofs(NO_PROOFS, COMPLETED, null, {})).toEqual(NO_PROOFS);
  });

  it.each([
    ['the same', proof, proof, [], true],
    ['another one', { ...proof, at: 'later' }, proof, [], false],
    ['none where one is told', null, proof, [], false],
    ['none where none is told', null, undefined, [], true],
    ['one of a rehearsal that took place', proof, undefined, ['rehearsal'], true],
    ['one of a rehearsal that did not', proof, undefined, ['other'], false],
  ])('are compared with a row that has %s', (_, row, told, unverified, same) => {
    expect(isSameProof(row, told, { ...NO_PROOFS, unverified })).toBe(same);
  });

  it.each([
    [proof, proof.at],
    [{ at: 1 }, null],
    [{}, null],
    [null, null],
  ])('say when a backup was proven restorable: %j -> %j', (told, at) => {
    expect(provenAt(told)).toBe(at);
  });
});

describe('the check of the repository that events tell', () => {
  const check = { verified: true };
  const notShared = foldCheck(null, 'backup.failed', { code: 'REPOSITORY_NOT_SHARED' });

  it.each<[string, Parameters<typeof foldCheck>[2], object | null]>([
    ['backup.completed', { repositoryCheck: { verified: false } }, { verified: false }],
    ['backup.completed', {}, null],
    ['backup.failed', { code: 'PART_DIFFERS' }, null],
    ['backup.failed', { code: 'REPOSITORY_NOT_SHARED' }, { verified: false }],
    ['part.succeeded', { repositoryCheck: { verified: false } }, check],
    ['operation.retried', {}, check],
  ])('changes with the end of a create alone: %s, %j', (kind, after, told) => {
    expect(foldCheck(check, kind, after)).toEqual(told);
  });

  it('is compared in full, unless an earlier version told only that the repository was not shared', () => {
    const row = { verified: false, reason: 'Node n2 left.' };
    expect(isSameCheck(row, row)).toBe(true);
    expect(isSameCheck(row, { verified: false })).toBe(false);
    expect(isSameCheck(row, notShared)).toBe(true);
    expect(isSameCheck({ verified: true }, notShared)).toBe(false);
    expect(isSameCheck(null, notShared)).toBe(false);
  });

  it.each([
    [{ verified: true }, true],
    [{ verified: false }, false],
    [{ verified: 'true' }, null],
    [{}, null],
    [null, null],
  ])('says whether it was verified: %j -> %s', (told, verified) => {
    expect(verifiedIn(told)).toBe(verified);
  });
});
