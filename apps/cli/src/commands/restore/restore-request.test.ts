import { PlanRequest, RestoreRequest } from '@tandem/shared/contract/restores.ts';
import { describe, expect, it } from 'vitest';
import { planOptions, type RunChoices, runOptions } from './restore-options.ts';
import { planBody, restoreBody } from './restore-request.ts';

const none: RunChoices = {
  ...{ indices: undefined, prefix: undefined, renamePattern: undefined, renameReplacement: undefined },
  ...{ deleteExisting: false, deleteUnknown: undefined, keepUnknown: undefined, acceptUnsaved: undefined },
  ...{ acceptVersion: undefined, acceptDiskShort: false, acceptFailedRehearsal: false, acceptInconsistent: false },
  ...{ acceptUnknownVersions: false, dropAllocation: false },
  ...{ planHash: undefined, confirm: undefined, reason: 'drill', safetyBackup: true, rollback: true },
  restoreTemplates: false,
};
const everything: RunChoices = {
  ...none,
  ...{ indices: ['a'], prefix: 'copy-', deleteExisting: true, deleteUnknown: ['b'], keepUnknown: ['c'] },
  ...{ acceptUnsaved: ['d'], acceptVersion: '3.9.0', acceptDiskShort: true, acceptFailedRehearsal: true },
  ...{ acceptInconsistent: true, acceptUnknownVersions: true, dropAllocation: true },
  ...{ safetyBackup: false, rollback: false, restoreTemplates: true },
};

const HASH = 'a'.repeat(64);

/** What the options of the rename and the argument of the command stand for. */
const OTHERWISE_GIVEN = ['backupId', 'target'];
const RENAMING = ['prefix', 'renamePattern', 'renameReplacement'];
const fieldsOf = (shape: object) => Object.keys(shape).filter((field) => !OTHERWISE_GIVEN.includes(field));
const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

describe('the options of restore', () => {
  it('are the fields of the API, all of them', () => {
    const planned = Object.keys(planOptions).filter((name) => !RENAMING.includes(name));
    expect(planned.toSorted()).toEqual(fieldsOf(PlanRequest.shape).toSorted());
    expect([...planned, ...Object.keys(runOptions)].toSorted()).toEqual(fieldsOf(RestoreRequest.shape).toSorted());
  });

  it.each(Object.entries({ ...planOptions, ...runOptions }))('have the names of the fields: %s', (field, { flags }) => {
    expect(flags.split(' ')[0]).toMatch(new RegExp(`^--(no-)?${kebab(field)}$`));
  });

  it('each set their field', () => {
    const body = restoreBody(planBody('one', everything), HASH, everything);
    expect(Object.keys(body).toSorted()).toEqual(Object.keys(RestoreRequest.shape).toSorted());
    const defaults = RestoreRequest.parse({ backupId: 'one', planHash: HASH, reason: 'drill' });
    for (const [field, value] of Object.entries(RestoreRequest.parse(body))) {
      if (!['backupId', 'planHash', 'reason'].includes(field)) {
        expect(value, field).not.toEqual(defaults[field as keyof typeof defaults]);
      }
    }
  });
});

describe('a request', () => {
  it('leaves to the API what was not chosen', () => {
    expect(restoreBody(planBody('one', none), HASH, none)).toEqual({
      backupId: 'one',
      planHash: HASH,
      reason: 'drill',
    });
  });

  it('renames by a prefix or by a pattern', () => {
    expect(planBody('one', { ...none, prefix: 'copy-' }).target).toEqual({
      renamePattern: '^(.+)$',
      renameReplacement: 'copy-$1',
    });
    const target = { renamePattern: '^optimize-(.+)$', renameReplacement: 'old-$1' };
    expect(planBody('one', { ...none, ...target }).target).toEqual(target);
  });

  it.each([
    [{ prefix: 'a-', renamePattern: '(.+)' }, /--prefix is given together with/],
    [{ renamePattern: '(.+)' }, /go together/],
    [{ renameReplacement: 'a-$1' }, /go together/],
    [{ prefix: 'a-$1' }, /without \$ and \\, found "a-\$1"/],
  ])('is refused with %j', (choices, message) => {
    expect(() => planBody('one', { ...none, ...choices })).toThrow(message);
  });
});
