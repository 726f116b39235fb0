import { expect, it } from 'vitest';
import type { ExportedBackup } from '../../../contract/exported-backup.ts';
import type { ExportedEvent } from '../../../contract/exported-event.ts';
import { disagreements, disagreementWords, type FoldedBackup, foldBackup } from './fold-backup.ts';

const now = new Date('2026-06-01T00:00:00Z');
const at = '2026-03-01T12:00:00.000001Z';

const event = (kind: string, after: ExportedEvent['after'] = null): ExportedEvent => ({
  ...{ id: '1', at, backupKey: '1', backupId: 'nightly', operationId: null, kind, actor: {}, source: 'api' },
  ...{ reason: null, requestId: null, before: null, after },
});
const told = (...events: readonly ExportedEvent[]) =>
  [event('backup.requested'), ...events].reduce<FoldedBackup | undefined>(foldBackup, undefined) as FoldedBackup;

const row: ExportedBackup = {
  ...{ key: '1', backupId: 'nightly', origin: 'requested', state: 'IN_PROGRESS', requestedAt: at, deletedAt: null },
  ...{ labels: {}, note: null, hold: null, heldUntil: null },
};
const hold = (until: string | null) => ({ reason: 'law', until, actor: {}, at: '2026-03-01T12:00:00.000Z' });

it('begins with a request or a find, and with nothing else', () => {
  expect(foldBackup(undefined, event('backup.completed', { state: 'COMPLETED' }))).toBeUndefined();
  expect(foldBackup(undefined, { ...event('backup.requested'), backupId: null })).toBeUndefined();
  expect(disagreements(row, told(), now)).toEqual([]);
});

it.each([
  ['backup.completed', { state: 'COMPLETED' }, 'COMPLETED'],
  ['operation.cancelled', { state: 'CANCELLED', backup: 'INCOMPLETE' }, 'INCOMPLETE'],
  ['backup.cancelled', { operationId: '1', state: 'INCOMPLETE' }, 'INCOMPLETE'],
  ['operation.cancelled', { state: 'CANCELLED' }, 'IN_PROGRESS'],
  ['restore.completed', { state: 'FAILED' }, 'IN_PROGRESS'],
  ['backup.state-changed', { state: 'NO_STATE' }, 'IN_PROGRESS'],
  ['backup.state-changed', null, 'IN_PROGRESS'],
  ['backup.deleted', { state: 'INCOMPLETE' }, 'INCOMPLETE'],
  ['backup.deleted', {}, 'IN_PROGRESS'],
] as const)('reads the state that %s tells: %j -> %s', (kind, after, state) => {
  expect(told(event(kind, after)).state).toBe(state);
});

it('compares what is written beside a backup', () => {
  const labelled = told(event('backup.labelled', { labels: { env: 'test' }, note: 'a note' }));
  const same = { ...row, labels: { env: 'test' }, note: 'a note' };
  expect(disagreements(same, labelled, now)).toEqual([]);
  expect(disagreements(row, labelled, now).map(({ field }) => field)).toEqual(['labels', 'note']);
  const { labels: _, note: __, ...silent } = row;
  expect(disagreements(silent, labelled, now)).toEqual([]);
});

it.each([
  ['held for ever', hold(null), 'infinity', []],
  ['held for a time', hold('2026-09-01T00:00:00.000Z'), '2026-09-01T00:00:00.000000Z', []],
  ['shortened behind the back', hold(null), '2026-01-01T00:00:00.000000Z', ['heldUntil']],
  ['for another reason', { ...hold(null), reason: 'none' }, 'infinity', ['hold']],
  ['taken away', null, null, ['hold', 'heldUntil']],
] as const)('compares a hold: %s', (_, is, heldUntil, fields) => {
  const until = typeof is?.until === 'string' ? is.until : null;
  const held = told(event('backup.held', { hold: hold(until) }));
  expect(disagreements({ ...row, hold: is, heldUntil }, held, now).map(({ field }) => field)).toEqual(fields);
});

it('compares a hold with one that an export wrote', () => {
  const actor = { kind: 'anonymous', address: '192.0.2.1' };
  const { actor: _, ...rest } = hold(null);
  const held = told(event('backup.held', { hold: { ...rest, actor } }));
  const fieldsOfHold = (by: object) =>
    disagreements({ ...row, hold: { ...rest, by } as ExportedBackup['hold'], heldUntil: 'infinity' }, held, now).map(
      ({ field }) => field,
    );
  expect(fieldsOfHold(actor)).toEqual([]);
  expect(fieldsOfHold({ ...actor, address: '192.0.2.2' })).toEqual(['hold']);
});

it('compares no end of a hold where the row says none', () => {
  const { heldUntil: _, ...silent } = row;
  expect(disagreements({ ...silent, hold: hold(null) }, told(event('backup.held', { hold: hold(null) })), now)).toEqual(
    [],
  );
});

it('compares a hold that has run out and is there all the same', () => {
  const until = '2026-05-01T00:00:00.000Z';
  const held = told(event('backup.held', { hold: hold(until) }));
  const other = { ...row, hold: { ...hold(until), reason: 'none' }, heldUntil: until };
  expect(disagreements(other, held, now).map(({ field }) => field)).toEqual(['hold']);
});

it('says what a row has and what its events tell', () => {
  const [gone] = disagreements(
    { ...row, heldUntil: 'infinity' },
    told(event('backup.held', { hold: hold(null) })),
    now,
  );
  expect(gone).toEqual({
    ...{ field: 'hold', row: null },
    folded: '{"actor":{},"at":"2026-03-01T12:00:00.000Z","reason":"law","until":null}',
  });
  expect(disagreementWords({ field: 'note', row: null, folded: 'a note' })).toBe(
    'its note is empty, its events say a note',
  );
  expect(disagreementWords({ field: 'note', row: 'x', folded: null })).toBe('its note is x, its events say none');
});

it('lets a hold be gone that has run out', () => {
  const held = told(event('backup.held', { hold: hold('2026-05-01T00:00:00.000Z') }));
  expect(disagreements(row, held, now)).toEqual([]);
  expect(disagreements(row, held, new Date('2026-05-01T00:00:00.000Z'))).toEqual([]);
  expect(disagreements(row, held, new Date('2026-04-30T23:59:59.999Z'))).toHaveLength(2);
  expect(disagreements(row, held, new Date('2026-04-01T00:00:00Z'))).toHaveLength(2);
});

const part = (uuid: string | null, state = 'SUCCESS') => ({ ...row, parts: [{ number: 1, state, uuid }] });
const fieldsOf = (is: ExportedBackup, ...events: readonly ExportedEvent[]) =>
  disagreements(is, told(...events), now).map(({ field }) => field);

it.each([
  ['the one that ended well', [['part.succeeded', { part: 1, uuid: 'a' }]], 'a', []],
  ['another than ended well', [['part.succeeded', { part: 1, uuid: 'a' }]], 'b', ['parts']],
  ['none where one ended well', [['part.succeeded', { part: 1, uuid: 'a' }]], null, ['parts']],
  [
    'the one that was made again',
    [
      ['part.succeeded', { part: 1, uuid: 'a' }],
      ['part.starting', { part: 1 }],
      ['part.succeeded', { part: 1, uuid: 'b' }],
    ],
    'a',
    ['parts'],
  ],
  ['another than was discovered', [['backup.state-changed', { uuids: { 1: 'a' } }]], 'b', ['parts']],
  ['one that no event describes', [], 'b', []],
] as const)('compares the snapshot of a part: %s', (_, events, uuid, fields) => {
  expect(fieldsOf(part(uuid), ...events.map(([kind, after]) => event(kind, after)))).toEqual(fields);
});

it('compares no snapshot of a part that is not complete', () => {
  expect(fieldsOf(part('b', 'VANISHED'), event('part.adopted', { part: 1, uuid: 'a' }))).toEqual([]);
});

const left = { verified: false, reason: 'Node n2 left.', nodesLeft: ['n2'] };
const completedWith = (repositoryCheck: typeof left | { verified: true }) => [
  event('backup.completed', { state: 'IN_PROGRESS', repositoryCheck }),
];
const notShared = event('backup.failed', { state: 'IN_PROGRESS', code: 'REPOSITORY_NOT_SHARED' });

it.each([
  ['as its end told it', left, completedWith(left), []],
  ['true where a node had left', { verified: true }, completedWith(left), ['repositoryVerified', 'repositoryCheck']],
  ['with another reason', { ...left, reason: 'None.' }, completedWith(left), ['repositoryCheck']],
  ['gone', null, completedWith({ verified: true }), ['repositoryVerified', 'repositoryCheck']],
  ['made up', { verified: true }, [], ['repositoryVerified', 'repositoryCheck']],
  ['false where a node could not use it', left, [notShared], []],
  ['true where a node could not use it', { verified: true }, [notShared], ['repositoryVerified', 'repositoryCheck']],
  ['none since it failed again', null, [...completedWith(left), event('backup.failed', {})], []],
] as const)('compares whether the repository was verified: %s', (_, is, events, fields) => {
  const repositoryCheck = is as ExportedBackup['repositoryCheck'];
  const whole = { ...row, repositoryVerified: is?.verified ?? null, repositoryCheck };
  expect(fieldsOf(whole as ExportedBackup, ...events)).toEqual(fields);
});

const proof = { operationId: 'rehearsal', at, whole: true, indices: 34 };
const proven = event('rehearsal.completed', { proof });

it.each([
  ['the one of its rehearsal', { proof, lastProvenAt: at }, [proven], []],
  ['one of more indices', { proof: { ...proof, indices: 40 } }, [proven], ['proof']],
  ['one of a later time', { proof, lastProvenAt: '2026-05-01T12:00:00.000Z' }, [proven], ['lastProvenAt']],
  ['one that is gone', { proof: null }, [proven], ['proof']],
  ['a time without any rehearsal', { lastProvenAt: at }, [], ['lastProvenAt']],
  ['no time, where none was rehearsed', { proof: null, lastProvenAt: null }, [], []],
  [
    'the time of a partial one as that of a full one',
    { lastProvenAt: at },
    [event('rehearsal.completed', { partialProof: proof })],
    ['lastProvenAt'],
  ],
  [
    'the time of one of an earlier version',
    { lastProvenAt: at },
    [{ ...event('rehearsal.completed', {}), operationId: 'rehearsal' }],
    [],
  ],
  ['one that was made up', { proof }, [], ['proof']],
  ['a partial one as a full one', { proof }, [event('rehearsal.completed', { partialProof: proof })], ['proof']],
  ['a partial one', { partialProof: proof }, [event('rehearsal.completed', { partialProof: proof })], []],
  ['one of an earlier version', { proof }, [{ ...event('rehearsal.completed', {}), operationId: 'rehearsal' }], []],
  ['one of no rehearsal', { proof }, [{ ...event('rehearsal.completed', {}), operationId: 'other' }], ['proof']],
] as const)('compares a proof: %s', (_, columns, events, fields) => {
  expect(fieldsOf({ ...row, ...columns } as ExportedBackup, ...events)).toEqual(fields);
});

it('compares of the evidence what the row says, and nothing else', () => {
  expect(fieldsOf(row, ...completedWith(left), proven)).toEqual([]);
  const early = { ...event('rehearsal.completed', {}), operationId: 'rehearsal' };
  expect(fieldsOf({ ...row, proof, lastProvenAt: at } as ExportedBackup, early)).toEqual([]);
});

it('says that a proof was made up, and that one is gone', () => {
  const text = '{"at":"2026-03-01T12:00:00.000001Z","indices":34,"operationId":"rehearsal","whole":true}';
  expect(disagreements({ ...row, proof } as ExportedBackup, told(), now)).toEqual([
    { field: 'proof', row: text, folded: null },
  ]);
  expect(disagreements({ ...row, proof: null } as ExportedBackup, told(proven), now)).toEqual([
    { field: 'proof', row: null, folded: text },
  ]);
});
