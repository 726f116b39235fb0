import type { TemplateCapsule } from '@tandem/shared/domain/restore/manifest/index-facts.ts';
import { describe, expect, it } from 'vitest';
import { inPlace, RESTORE, setUp } from '../restore.fixture.ts';

const one = (name: string): TemplateCapsule => ({
  ...{ lifecyclePolicies: {}, componentTemplates: {}, legacyTemplates: {} },
  indexTemplates: { [name]: { index_patterns: [`${name}-*`, 'optimize-later-*'], priority: 7 } },
});

it('reports templates that the engine refuses, and compares the data all the same', async () => {
  const saved = { ...one('optimize-saved'), legacyTemplates: { old: { order: 1, index_patterns: ['optimize-*'] } } };
  const { engine, forget, begin, toTheEnd, restore, plan } = await setUp({ templates: saved });
  engine.removeTemplates();
  await engine.putTemplates(one('optimize-rival'));
  forget();
  expect((await plan(inPlace)).warnings.map(({ code }) => code)).toEqual(['TEMPLATES_OVERLAP']);
  await begin(inPlace, { restoreTemplates: true });
  await toTheEnd(RESTORE);
  expect(await restore()).toMatchObject({
    state: 'SUCCEEDED',
    report: {
      differing: 0,
      templates: {
        restored: ['legacyTemplates/old'],
        refused: [{ template: 'indexTemplates/optimize-saved', reason: expect.stringContaining('same priority') }],
      },
    },
  });
});

it.each<readonly [string, boolean, boolean, object]>([
  [
    'reports what is missing, and puts nothing back unasked',
    true,
    false,
    { missing: ['indexTemplates/optimize-saved'] },
  ],
  ['sends nothing where nothing differs', false, true, { missing: [] }],
])('%s', async (_, remove, restoreTemplates, found) => {
  const { engine, forget, begin, toTheEnd, restore, history } = await setUp({ templates: one('optimize-saved') });
  if (remove) engine.removeTemplates();
  forget();
  await begin(inPlace, { restoreTemplates });
  const sent = () => engine.calls.filter(({ method }) => method === 'putTemplates').length;
  const before = sent();
  await toTheEnd(RESTORE);
  expect(sent()).toBe(before);
  const templates = { missing: [], changed: [], leftOut: [], restored: [], refused: [], ...found };
  expect((await restore()).report?.templates).toEqual(templates);
  const steps = (await history.eventsOf('b', 100)).map(({ after }) => after);
  expect(steps).toContainEqual({ operationId: RESTORE, step: 'templates', ...templates });
});

describe('templates next to another installation', () => {
  const patterned = (pattern: string, order: number) => ({ order, index_patterns: [pattern] });
  const templates = (order: number): TemplateCapsule => ({
    ...{ lifecyclePolicies: {}, componentTemplates: {}, indexTemplates: {} },
    legacyTemplates: {
      ours: patterned('optimize-alert_v*', order),
      unknown: patterned('optimize-brand-new-*', order),
      theirs: patterned('optimize-staging-*', order),
      'optimize-staging-custom': patterned('optimize-alert_v*', order),
      operate: patterned('optimize-operate-*', order),
    },
  });
  const theirs = [
    { template: 'legacyTemplates/theirs', why: 'otherInstallation' },
    { template: 'legacyTemplates/optimize-staging-custom', why: 'otherInstallation' },
    { template: 'legacyTemplates/operate', why: 'otherComponent' },
  ];
  const unknown = { template: 'legacyTemplates/unknown', why: 'unknown' };
  const sorted = (leftOut: readonly { readonly template: string }[] | undefined) =>
    leftOut?.toSorted((one, other) => (one.template < other.template ? -1 : 1));

  it.each<readonly [string, boolean, readonly string[], readonly { readonly template: string }[]]>([
    ['missing', true, ['legacyTemplates/ours', 'legacyTemplates/unknown'], theirs],
    ['changed since', false, ['legacyTemplates/ours'], [...theirs, unknown]],
  ])('leaves theirs alone where they are %s, and says so', async (_, remove, putBack, leftOut) => {
    const { engine, forget, begin, toTheEnd, restore, plan } = await setUp({ templates: templates(1) });
    engine.createIndex('optimize-staging-metadata_v3');
    engine.removeTemplates();
    if (!remove) await engine.putTemplates(templates(2));
    forget();
    const planned = (await plan(inPlace)).templates;
    expect([...(planned?.missing ?? []), ...(planned?.changed ?? [])].toSorted()).toEqual(putBack);
    expect(sorted(planned?.leftOut)).toEqual(sorted(leftOut));

    await begin(inPlace, { restoreTemplates: true });
    await toTheEnd(RESTORE);

    const { state, report } = await restore();
    expect({ state, restored: report?.templates?.restored.toSorted() }).toEqual({
      state: 'SUCCEEDED',
      restored: putBack,
    });
    expect(sorted(report?.templates?.leftOut)).toEqual(sorted(leftOut));
    const { legacyTemplates } = await engine.readTemplates('optimize', []);
    expect(legacyTemplates.ours).toEqual(patterned('optimize-alert_v*', 1));
    expect(legacyTemplates.theirs).toEqual(remove ? undefined : patterned('optimize-staging-*', 2));
  });

  it('knows another installation that was there when the backup was made', async () => {
    const { engine, forget, plan } = await setUp({
      templates: templates(1),
      prepare: async (before) => before.createIndex('optimize-staging-metadata_v3'),
    });
    engine.deleteIndex('optimize-staging-metadata_v3');
    engine.removeTemplates();
    forget();
    expect(sorted((await plan(inPlace)).templates?.leftOut)).toEqual(sorted(theirs));
  });
});
