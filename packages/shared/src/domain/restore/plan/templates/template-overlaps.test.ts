import { describe, expect, it } from 'vitest';
import { omitUndefined } from '../../../omit-undefined.ts';
import type { TemplateCapsule } from '../../manifest/index-facts.ts';
import { patternsOverlap, templateOverlaps } from './template-overlaps.ts';

describe('two patterns', () => {
  it.each([
    ['optimize-*', 'optimize-alert*', true],
    ['optimize-*', 'opt*', true],
    ['*-alert', 'optimize-*', true],
    ['a*b*c', 'ab*bc', true],
    ['*', '', true],
    ['a', 'a', true],
    ['a', 'b', false],
    ['a', 'ab', false],
    ['a*', 'b*', false],
    ['*a', '*b', false],
    ['a*z', 'a*y', false],
    ['', 'a', false],
  ])('%s and %s overlap: %s', (one, other, expected) => {
    expect(patternsOverlap(one, other)).toBe(expected);
    expect(patternsOverlap(other, one)).toBe(expected);
  });

  it('with many wildcards are decided at once', () => {
    expect(patternsOverlap(`${'*a'.repeat(60)}b`, `${'a*'.repeat(60)}c`)).toBe(false);
  });
});

describe('saved templates that an engine refuses', () => {
  const none: TemplateCapsule = {
    lifecyclePolicies: {},
    componentTemplates: {},
    indexTemplates: {},
    legacyTemplates: {},
  };
  const template = (patterns: readonly string[], priority?: number) => ({
    index_patterns: patterns,
    ...omitUndefined({ priority }),
  });
  const overlaps = (saved: TemplateCapsule['indexTemplates'], now: TemplateCapsule['indexTemplates']) =>
    templateOverlaps({ ...none, indexTemplates: saved }, { ...none, indexTemplates: now });

  it.each<[string, object, object, readonly string[]]>([
    ['of one priority', template(['x-a*'], 7), template(['q', 'x-*'], 7), ['saved and live (priority 7)']],
    ['without priorities', template(['x-a*']), template(['x-*'], 0), ['saved and live (priority 0)']],
    ['of other priorities', template(['x-a*'], 7), template(['x-*'], 8), []],
    [
      'where one of several patterns fits',
      template(['q', 'x-a*'], 7),
      template(['x-*'], 7),
      ['saved and live (priority 7)'],
    ],
    ['without patterns', {}, template(['*'], 0), []],
    ['with patterns that are no text', template(['*'], 0), { index_patterns: [7, null] }, []],
    ['with patterns apart', template(['x-a*'], 7), template(['x-b*'], 7), []],
  ])('%s', (_what, saved, live, expected) => {
    expect(overlaps({ saved }, { live })).toEqual(expected);
  });

  it('are listed by name, in whatever order they were saved', () => {
    const saved = { b: template(['x-b*']), a: template(['x-a*']) };
    const expected = ['a and live (priority 0)', 'b and live (priority 0)'];
    expect(overlaps(saved, { live: template(['x-*']) })).toEqual(expected);
  });

  it('are none where the saved one replaces the other', () => {
    const one = template(['x-*'], 7);
    expect(overlaps({ one }, { one: template(['x-a*'], 7) })).toEqual([]);
    expect(overlaps({ one, two: template(['x-b*'], 8) }, { two: template(['x-a*'], 7) })).toEqual([]);
  });
});
