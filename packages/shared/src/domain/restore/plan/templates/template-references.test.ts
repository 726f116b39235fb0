import { expect, it } from 'vitest';
import { componentsOf, patternsOf, policiesIn, policiesOf } from './template-references.ts';

it.each([
  [{ index: { lifecycle: { name: 'p' } } }],
  [{ lifecycle: { name: 'p' } }],
  [{ 'index.lifecycle.name': 'p' }],
  [{ 'lifecycle.name': 'p' }],
  [{ index: { 'lifecycle.name': 'p' } }],
])('finds the policy in settings %j', (settings) => {
  expect(policiesIn(settings)).toEqual(['p']);
  expect(policiesOf({ settings })).toEqual(['p']);
  expect(policiesOf({ template: { settings } })).toEqual(['p']);
});

it.each([
  [null],
  [undefined],
  ['text'],
  [[{ settings: { 'lifecycle.name': 'p' } }]],
  [{ template: null, settings: null }],
])('finds nothing in a template that is %j', (template) => {
  expect([...policiesOf(template), ...patternsOf(template), ...componentsOf(template)]).toEqual([]);
});

it('takes one name or a list of them, and nothing that is no name', () => {
  expect(patternsOf({ index_patterns: 'a-*' })).toEqual(['a-*']);
  expect(patternsOf({ index_patterns: ['a-*', 7, null, 'b-*'] })).toEqual(['a-*', 'b-*']);
  expect(componentsOf({ composed_of: ['one', { name: 'two' }] })).toEqual(['one']);
});
