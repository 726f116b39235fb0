import type { TemplateCapsule } from '@tandem/shared/domain/restore/manifest/index-facts.ts';
import { expect, it } from 'vitest';
import { compareTemplates, templatesToPutBack, withoutLeftOut } from './compare-templates.ts';

const none: TemplateCapsule = {
  lifecyclePolicies: {},
  componentTemplates: {},
  indexTemplates: {},
  legacyTemplates: {},
};
const saved: TemplateCapsule = {
  ...none,
  indexTemplates: { same: { order: 1, more: 2 }, changed: { order: 1 }, missing: { order: 1 } },
};
const now: TemplateCapsule = {
  ...none,
  indexTemplates: { same: { more: 2, order: 1 }, changed: { order: 2 }, 'only-there': { order: 1 } },
};

it.each([
  ['known', ['indexTemplates/missing'], ['indexTemplates/changed']],
  ['ambiguous', ['indexTemplates/missing'], []],
  ['unknown', ['indexTemplates/missing'], []],
  ['otherInstallation', [], []],
  ['otherComponent', [], []],
] as const)('puts back what is %s: missing %j, changed %j', (why, missing, changed) => {
  const owners = new Map(
    ['same', 'changed', 'missing'].map((name) => [`indexTemplates/${name}`, why] as [string, typeof why]),
  );
  const plan = compareTemplates(saved, now, owners);
  expect([plan.missing, plan.changed]).toEqual([missing, changed]);
  const rest = ['indexTemplates/changed', 'indexTemplates/missing'].filter(
    (template) => ![...plan.missing, ...plan.changed].includes(template),
  );
  expect(plan.leftOut).toEqual(rest.map((template) => ({ template, why })));
});

it('takes a template that nobody classified for unknown', () => {
  expect(compareTemplates(saved, now, new Map()).leftOut).toEqual([
    { template: 'indexTemplates/changed', why: 'unknown' },
  ]);
});

it('compares by contents, not by the order of fields', () => {
  const { missing, changed, leftOut } = compareTemplates(saved, saved, new Map());
  expect([missing, changed, leftOut]).toEqual([[], [], []]);
  expect(
    compareTemplates({ ...none, indexTemplates: { same: { order: 1, more: 2 } } }, now, new Map()).changed,
  ).toEqual([]);
});

it('reduces a capsule to what is put back, or to what is not left out', () => {
  const plan = {
    missing: ['indexTemplates/missing'],
    changed: [],
    leftOut: [{ template: 'indexTemplates/changed', why: 'unknown' as const }],
  };
  expect(Object.keys(templatesToPutBack(saved, plan).indexTemplates)).toEqual(['missing']);
  expect(Object.keys(withoutLeftOut(saved, plan).indexTemplates)).toEqual(['same', 'missing']);
});

const unread = [{ kind: 'indexTemplates', reason: 'not allowed' }] as const;

it('neither compares nor puts back a kind that cannot be read now', () => {
  const owners = new Map([['indexTemplates/missing', 'known' as const]]);
  const plan = compareTemplates(saved, { ...none, unread }, owners);
  expect(plan).toEqual({ missing: [], changed: [], leftOut: [], unknown: [{ ...unread[0], when: 'now' }] });
  expect(templatesToPutBack(saved, plan)).toEqual(none);
});

it('says what could not be read when the backup was saved', () => {
  expect(compareTemplates({ ...none, unread }, now, new Map())).toEqual({
    ...{ missing: [], changed: [], leftOut: [] },
    unknown: [{ ...unread[0], when: 'saved' }],
  });
});
