import { TEMPLATE_KINDS } from '@tandem/shared/domain/restore/manifest/index-facts.ts';
import { describe, expect, it } from 'vitest';
import { ReplyInvalid } from '../reply-fields.ts';
import { settingsIn, templatesOfKind } from './template.ts';

const dates = {
  ...{ created_date: '2026-11-22T14:41:12.328Z', created_date_millis: 1795358472328 },
  ...{ modified_date: '2026-11-22T14:41:12.328Z', modified_date_millis: 1795358472328 },
};
const policy = { phases: { hot: { min_age: '0ms', actions: {} } } };
const component = { template: { settings: { index: { codec: 'best_compression' } } }, version: 3 };
const template = { index_patterns: ['optimize-*'], composed_of: ['base'], priority: 7 };
const legacy = { old: { order: 0, index_patterns: ['optimize-*'], settings: {} } };

/** With the dates that 9 adds. */
const replies = {
  lifecyclePolicies: {
    keep: { version: 4, modified_date: '2026-11-22T14:41:12.328Z', policy, in_use_by: { indices: ['a'] } },
  },
  componentTemplates: { component_templates: [{ name: 'base', component_template: { ...component, ...dates } }] },
  indexTemplates: { index_templates: [{ name: 'optimize', index_template: { ...template, ...dates } }] },
  legacyTemplates: legacy,
};
const read = (changes: object): Record<string, unknown> =>
  Object.fromEntries(TEMPLATE_KINDS.map((kind) => [kind, templatesOfKind[kind]({ ...replies, ...changes }[kind])]));

describe('Templates', () => {
  it('are read as an engine takes them back: without dates, versions of policies, and who uses them', () => {
    expect(read({})).toEqual({
      lifecyclePolicies: { keep: { policy } },
      componentTemplates: { base: component },
      indexTemplates: { optimize: template },
      legacyTemplates: legacy,
    });
  });

  it('are all that a list has, and none of an empty one', () => {
    const component_templates = ['a', 'b'].map((name) => ({ name, component_template: component }));
    const none = { lifecyclePolicies: {}, indexTemplates: { index_templates: [] }, legacyTemplates: {} };
    expect(read({ ...none, componentTemplates: { component_templates } })).toEqual({
      componentTemplates: { a: component, b: component },
      ...{ lifecyclePolicies: {}, indexTemplates: {}, legacyTemplates: {} },
    });
  });

  it('have no lifecycle policies where the engine returns an error for them', () => {
    const error = { error: 'no handler found for uri [/_ilm/policy]', status: 400 };
    expect(read({ lifecyclePolicies: error }).lifecyclePolicies).toEqual({});
  });

  it.each([
    [{ lifecyclePolicies: undefined }, 'the answer is not an object'],
    [{ lifecyclePolicies: { keep: 'text' } }, 'keep is not an object'],
    [{ componentTemplates: {} }, 'component_templates is not a list'],
    [{ componentTemplates: { component_templates: ['base'] } }, 'component_templates[0] is not an object'],
    [
      { componentTemplates: { component_templates: [{ component_template: component }] } },
      'component_templates[0].name is not a text',
    ],
    [{ indexTemplates: { error: 'denied', status: 403 } }, 'index_templates is not a list'],
    [
      { indexTemplates: { index_templates: [{ name: 'optimize' }] } },
      'index_templates[0].index_template is not an object',
    ],
    [{ legacyTemplates: [] }, 'the answer is not an object'],
  ])('are not believed with %j: %s', (changes, message) => {
    expect(() => read(changes)).toThrow(ReplyInvalid);
    expect(() => read(changes)).toThrow(message);
  });
});

describe('The settings of indices', () => {
  const one = { 'index.lifecycle.name': 'keep' };

  it('are those of each index, and none in an empty answer', () => {
    expect(settingsIn({ metadata: { indices: { one: { settings: one }, two: { settings: {} } } } })).toEqual([one, {}]);
    expect(settingsIn({})).toEqual([]);
  });

  it.each([
    [{ metadata: { indices: { one: {} } } }, 'one.settings is not an object'],
    [{ metadata: { indices: { one: 'text' } } }, 'one is not an object'],
    [{ metadata: { indices: [] } }, 'metadata.indices is not an object'],
  ])('are not known from %j: %s', (reply, message) => {
    expect(() => settingsIn(reply)).toThrow(ReplyInvalid);
    expect(() => settingsIn(reply)).toThrow(message);
  });
});
