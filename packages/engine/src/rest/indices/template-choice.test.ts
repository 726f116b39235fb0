import { describe, expect, it } from 'vitest';
import { chooseTemplates, mergedTemplates, noTemplates } from './template-choice.ts';

const patterned = (...patterns: string[]) => ({ index_patterns: patterns });

const choose = (all: Partial<typeof noTemplates>, names: readonly string[] = [], settings = {}) =>
  chooseTemplates({ ...noTemplates, ...all }, { prefix: 'optimize', names, settings: [settings] });

describe('Templates that go with indices', () => {
  it.each([
    ['optimize-*', true],
    ['optimize-process*', true],
    ['opt*', true],
    ['*', true],
    ['*-instance-*_v8', true],
    ['optimize', false],
    ['optimizex-*', false],
    ['operate-*', false],
    ['optimize.process*', false],
    ['*-instance-*_v9', false],
  ])('with the pattern %s: %s', (pattern, isChosen) => {
    const { indexTemplates } = choose({ indexTemplates: { one: patterned(pattern) } }, [
      'optimize-process-instance-a_v8',
    ]);
    expect(Object.keys(indexTemplates)).toEqual(isChosen ? ['one'] : []);
  });

  it('bring the components that they are composed of, and no other', () => {
    const template = { ...patterned('operate-*', 'optimize-*'), composed_of: ['used'] };
    const componentTemplates = { used: { template: {} }, unused: { template: {} } };
    expect(choose({ indexTemplates: { one: template }, componentTemplates }).componentTemplates).toEqual({
      used: { template: {} },
    });
  });

  it.each([
    ['an index', {}, { 'index.lifecycle.name': 'wanted' }],
    [
      'an index template',
      {
        indexTemplates: {
          one: { ...patterned('optimize-*'), template: { settings: { index: { lifecycle: { name: 'wanted' } } } } },
        },
      },
      {},
    ],
    [
      'a legacy template',
      { legacyTemplates: { one: { ...patterned('optimize-*'), settings: { index: { 'lifecycle.name': 'wanted' } } } } },
      {},
    ],
    [
      'a component',
      {
        indexTemplates: { one: { ...patterned('optimize-*'), composed_of: ['part'] } },
        componentTemplates: { part: { template: { settings: { 'index.lifecycle.name': 'wanted' } } } },
      },
      {},
    ],
  ])('bring the policy that is used by %s', (_, all, settings) => {
    const lifecyclePolicies = { wanted: { policy: {} }, unwanted: { policy: {} } };
    expect(choose({ ...all, lifecyclePolicies }, [], settings).lifecyclePolicies).toEqual({ wanted: { policy: {} } });
  });

  it('replace those of the same name when they are put', () => {
    const [before, after] = [{ legacyTemplates: { a: 1, b: 1 } }, { legacyTemplates: { b: 2 } }];
    expect(mergedTemplates({ ...noTemplates, ...before }, { ...noTemplates, ...after }).legacyTemplates).toEqual({
      a: 1,
      b: 2,
    });
  });
});
