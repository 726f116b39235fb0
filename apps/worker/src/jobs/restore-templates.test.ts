import type { TemplateCapsule } from '@tandem/shared/domain/index-facts.ts';
import { expect, it } from 'vitest';
import { inPlace, RESTORE, setUp } from './restore.fixture.ts';

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
