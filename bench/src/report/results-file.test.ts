import { expect, it } from 'vitest';
import { withSection } from './results-file.ts';

const text = '# Results\n\nHow they came about.\n\n## one\n\n1\n\n## two\n\n2\n';

it('replaces a section in place', () => {
  expect(withSection(text, 'one', 'eins\n\nuno\n')).toBe(text.replace('\n1\n', '\neins\n\nuno\n'));
});

it('adds a section that is not there', () => {
  expect(withSection(text, 'three', '3')).toBe(`${text}\n## three\n\n3\n`);
});

it('gives the same text when the same is written again', () => {
  const once = withSection(text, 'two', '| a | b |');
  expect(withSection(once, 'two', '| a | b |')).toBe(once);
});
