import type { TemplateCapsule } from '@tandem/shared/domain/restore/manifest/index-facts.ts';
import { describe, expect, it } from 'vitest';
import type { Suite } from './suite.ts';

const component = (replicas: string) => ({ template: { settings: { index: { number_of_replicas: replicas } } } });

const indexTemplate = (pattern: string, component_: string) => ({
  index_patterns: [pattern],
  template: { mappings: { properties: { id: { type: 'keyword' } } } },
  composed_of: [component_],
  priority: 7,
});

const legacyTemplate = (pattern: string, order: number) => ({
  order,
  index_patterns: [pattern],
  settings: { index: { refresh_interval: '5s' } },
  mappings: {},
  aliases: {},
});

/** A capsule of what belongs to the prefix; `which` tells one apart from another. */
const templatesOf = (prefix: string, which: number): TemplateCapsule => ({
  lifecyclePolicies: {},
  componentTemplates: { [`${prefix}-component`]: component(`${which}`) },
  indexTemplates: { [`${prefix}-template`]: indexTemplate(`${prefix}-data*`, `${prefix}-component`) },
  legacyTemplates: { [`${prefix}-legacy`]: legacyTemplate(`${prefix}-old-*`, which) },
});

export const describeTemplates = (suite: Suite): void => {
  describe('templates', () => {
    it('come back as they were put, and replace what is there', async () => {
      const prefix = suite.newName('templates');
      await suite.engine.putTemplates(templatesOf(prefix, 1));
      expect(await suite.engine.readTemplates(prefix, [])).toEqual(templatesOf(prefix, 1));
      await suite.engine.putTemplates(templatesOf(prefix, 2));
      expect(await suite.engine.readTemplates(prefix, [])).toEqual(templatesOf(prefix, 2));
      await suite.engine.putTemplates(await suite.engine.readTemplates(prefix, []));
      expect(await suite.engine.readTemplates(prefix, [])).toEqual(templatesOf(prefix, 2));
    });

    it('are all put but for those that overlap another of the same priority, which are named', async () => {
      const [prefix, other] = [suite.newName('overlap'), suite.newName('put')];
      await suite.engine.putTemplates(templatesOf(prefix, 1));
      const capsule = templatesOf(other, 1);
      const overlapping = indexTemplate(`${prefix}-*`, `${other}-component`);
      const indexTemplates = { [`${other}-a`]: overlapping, ...capsule.indexTemplates };
      const refused = await suite.engine.putTemplates({ ...capsule, indexTemplates });
      expect(refused).toEqual([
        { template: `indexTemplates/${other}-a`, reason: expect.stringContaining('same priority') },
      ]);
      expect(await suite.engine.readTemplates(other, [])).toEqual(capsule);
      expect(await suite.engine.readTemplates(prefix, [])).toEqual(templatesOf(prefix, 1));
      expect(await suite.engine.putTemplates(capsule)).toEqual([]);
    });

    it('are those that fit a name or begin with the prefix', async () => {
      const [prefix, other] = [suite.newName('fitting'), suite.newName('other')];
      await suite.engine.putTemplates(templatesOf(prefix, 1));
      await suite.engine.putTemplates(templatesOf(other, 1));
      expect(await suite.engine.readTemplates(suite.newName('none'), [`${other}-data-1`, `${other}-else`])).toEqual({
        ...templatesOf(other, 1),
        legacyTemplates: {},
      });
    });
  });
};
