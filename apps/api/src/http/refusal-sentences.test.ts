import { BackupSearch } from '@tandem/shared/contract/audit.ts';
import { BackupQuery, BackupRequest, DeleteRequest } from '@tandem/shared/contract/backups.ts';
import { CalendarQuery } from '@tandem/shared/contract/calendar.ts';
import { EventExport } from '@tandem/shared/contract/exports.ts';
import { PatchRequest } from '@tandem/shared/contract/labels.ts';
import { BulkRetryRequest, OperationQuery } from '@tandem/shared/contract/operations.ts';
import { RehearseRequest, RestoreRequest } from '@tandem/shared/contract/restores.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readInput } from './read-input.ts';

const detailOf = (field: z.ZodType, input: unknown): string => refusal(z.strictObject({ field }), { field: input });

const refusal = (schema: z.ZodType, input: unknown): string => {
  try {
    readInput(schema, input);
  } catch (error) {
    if (isFailure(error, 'REQUEST_INVALID')) return error.message;
    throw error;
  }
  throw new Error('It was accepted.');
};

it.each<[z.ZodType, unknown, string]>([
  [z.string(), 5, 'field must be a text, found 5.'],
  [z.string(), undefined, 'field must be a text, but it is missing.'],
  [z.array(z.string()), 'create', 'field must be a list, such as ["a", "b"], found "create".'],
  [z.object({}), [1, 2], 'field must be an object, such as {"name": "value"}, found a list of 2.'],
  [z.boolean(), {}, 'field must be true or false, found an object.'],
  [z.int(), 1.5, 'field must be a whole number, found 1.5.'],
  [z.enum(['a', 'b']), 'c', 'field must be one of a, b, found "c".'],
  [z.literal(true), false, 'field must be true, found false.'],
  [z.uuid(), 'x', 'field must be a UUID, such as 0f8fad5b-d9cb-469f-a165-70867728950e, found "x".'],
  [z.string().regex(/^a$/), 'x', 'field must be written in the documented format, found "x".'],
  [z.string().min(2), 'x', 'field must have at least 2 characters, found "x".'],
  [z.array(z.int()).max(1), [1, 2], 'field must have at most 1 elements, found a list of 2.'],
  [z.number().min(2), 1, 'field must be at least 2, found 1.'],
  [z.number().multipleOf(5), 7, 'field must be a multiple of 5, found 7.'],
  [z.strictObject({}), { b: 1 }, 'field must not contain "b".'],
  [z.union([z.string(), z.int()]), true, 'field must have one of the forms in the documentation (/docs), found true.'],
  [
    z.record(z.string().max(1), z.int()),
    { long: 1 },
    'field.long must have only names that the documentation allows, found "long".',
  ],
  [z.string().meta({ example: 'x' }), 5, 'field must be a text, for example "x", found 5.'],
  [z.string({ error: 'must be said' }), 5, 'field must be said, found 5.'],
])('says in our words what %# is refused for', (schema, input, sentence) => {
  expect(detailOf(schema, input)).toBe(sentence);
});

it('shows no more than the beginning of a long text', () => {
  expect(detailOf(z.uuid(), 'x'.repeat(500)).length).toBeLessThan(150);
});

const patch = { backupId: 'b', reason: 'why' };
const restore = { backupId: 'b', reason: 'why', planHash: 'a'.repeat(64) };

describe('says of each field what is allowed, an example, and what was found', () => {
  it.each<[z.ZodType, object, string]>([
    [
      BackupRequest,
      { backupId: 'A' },
      'backupId may hold only a-z, 0-9, "." and "-", for example "nightly-2026-11-22", found "A" (U+0041).',
    ],
    [BackupRequest, { backupId: 7 }, 'backupId must be a string, for example "nightly-2026-11-22", found a number.'],
    [BackupRequest, { reason: 7 }, 'reason must be a text that says why, for example "before the migration", found 7.'],
    [BackupRequest, { reason: ' ' }, 'reason must say why, for example "before the migration", found " ".'],
    [
      BackupRequest,
      { reason: 'x'.repeat(1001) },
      'reason must be at most 1000 characters long, for example "before the migration", found 1001 characters, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…".',
    ],
    [
      BackupQuery,
      { backupId: 'b', wait: 'long' },
      'wait must be a time such as 500ms, 30s, 2m or 1h, at most 300 s, found "long".',
    ],
    [
      DeleteRequest,
      { backupId: 'b' },
      'reason must be a text that says why, for example "before the migration", but it is missing.',
    ],
    [
      DeleteRequest,
      { backupId: 'b', reason: 'old', confirm: 7 },
      'confirm must be the id of the backup, for example "nightly-2026-11-22", found 7.',
    ],
    [
      DeleteRequest,
      { backupId: 'b', reason: 'old', deleteDiscovered: 'yes' },
      'deleteDiscovered must be true or false, found "yes".',
    ],
    [BackupSearch, { limit: '5000' }, 'limit must be between 1 and 1000, for example 50, found 5000.'],
    [
      BackupSearch,
      { state: 'DONE' },
      'state.0 must be one of COMPLETED, FAILED, INCOMPATIBLE, IN_PROGRESS, INCOMPLETE, or several separated by commas, found "DONE".',
    ],
    [BackupSearch, { optimizeVersion: '' }, 'optimizeVersion must not be empty, for example "3.9.0", found "".'],
    [
      BackupSearch,
      { bytesFrom: '5GB' },
      'bytesFrom must be a whole number of bytes, at most 9007199254740991, for example 1000000000, found "5GB".',
    ],
    [
      BackupSearch,
      { requestedFrom: '2026-02-30' },
      'requestedFrom must be a time that there is, with its zone, from 1970 to 9999, such as 2026-11-22T18:40:00Z or 2026-11-22T18:40:00%2B01:00, found "2026-02-30".',
    ],
    [BackupSearch, { bytesFrom: '2', bytesTo: '1' }, 'bytesFrom must not be beyond bytesTo: swap them, found 2 and 1.'],
    [
      BackupSearch,
      { cursor: 'x'.repeat(201) },
      'cursor must be at most 200 characters long, for example "eyJhZnRlciI6IjE4NCIsIm9mIjoiUTJrM1hiVDdhWjFwUnc4ZiJ9", found 201 characters, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…".',
    ],
    [BackupSearch, { label: 'env' }, 'label must be a key, a colon and a value such as env:production, found "env".'],
    [
      OperationQuery,
      { failureClass: 'bad' },
      'failureClass must be one of transient, terminal, operator, found "bad".',
    ],
    [
      OperationQuery,
      { color: 'red' },
      'The body must not contain "color"; allowed: state, kind, backupId, failureClass, cursor, limit.',
    ],
    [
      CalendarQuery,
      { from: 'today' },
      'from must be a day that there is, from 1970 to 9999, such as 2026-11-22, found "today".',
    ],
    [
      CalendarQuery,
      { from: '2026-03-04', to: '2026-03-02' },
      'from must not be after to: swap them, found "2026-03-04".',
    ],
    [EventExport, { format: 'xml' }, 'format must be ndjson or csv, found "xml".'],
    [EventExport, {}, 'format must be ndjson or csv, and is not given.'],
    [EventExport, { format: 'csv', after: 'x' }, 'after must be the id of an event, for example "4711", found "x".'],
    [PatchRequest, { ...patch }, 'labels is missing, and so are note and hold: send one of them.'],
    [PatchRequest, { ...patch, note: '' }, 'note must not be empty: send null to take the note away, found "".'],
    [
      PatchRequest,
      { ...patch, labels: { env: 7 } },
      'labels.env must be a text, or null to take the label away, found 7.',
    ],
    [
      PatchRequest,
      { ...patch, labels: { 'a b': 'x' } },
      'labels may have keys of 1 to 63 of A-Z, a-z, 0-9, ".", "_", "/" and "-", the first a letter or a digit, for example {"env":"production","team":null}, found "a b".',
    ],
    [
      PatchRequest,
      { ...patch, hold: true },
      'hold must be an object with reason and until, or null to release the backup, found true.',
    ],
    [
      PatchRequest,
      { ...patch, hold: { reason: 'audit', until: '2027' } },
      'hold.until must be a time with its zone such as 2027-01-31T00:00:00Z, or null to hold it until it is released, found "2027".',
    ],
    [
      BulkRetryRequest,
      { filter: { kind: 'create' }, reason: 'why' },
      'filter.kind must be a list, for example ["create"], found "create".',
    ],
    [
      BulkRetryRequest,
      { filter: { kind: ['make'] }, reason: 'why' },
      'filter.kind.0 must be one of create, delete, restore, rehearse, found "make".',
    ],
    [
      BulkRetryRequest,
      { filter: {}, reason: 'why', token: 7 },
      'token must be a text, for example "eyJvcGVyYXRpb25zIjpbXX0", found 7.',
    ],
    [
      RestoreRequest,
      { ...restore, planHash: 'x' },
      'planHash must be the planHash of a plan, 64 characters 0-9 and a-f, for example "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", found "x".',
    ],
    [
      RestoreRequest,
      { ...restore, target: { renamePattern: 'a' } },
      'target.renameReplacement must be a text, for example "restored-$1", but it is missing.',
    ],
    [
      RestoreRequest,
      { ...restore, target: { renamePattern: 'a', renameReplacement: 'b', x: 1 } },
      'target must not contain "x"; allowed: renamePattern, renameReplacement.',
    ],
    [
      RestoreRequest,
      { ...restore, deleteUnknown: ['A*'] },
      'deleteUnknown.0 must be the exact name of an index, as engines allow it, for example "optimize-report-archive_v3", found "A*".',
    ],
    [
      RestoreRequest,
      { ...restore, deleteUnknown: 'a' },
      'deleteUnknown must be a list of names of indices, for example ["optimize-report-archive_v3"], found "a".',
    ],
    [
      RestoreRequest,
      { ...restore, acceptVersion: '3/9' },
      'acceptVersion must be a version such as 3.9.0, at most 64 characters long, found "3/9".',
    ],
    [
      RehearseRequest,
      { backupId: 'b', indices: true },
      'indices must be "all", a number from 1, or a list of names of indices, for example 10, found true.',
    ],
  ])('%#', (schema, input, sentence) => {
    expect(refusal(schema, input)).toBe(sentence);
  });
});
