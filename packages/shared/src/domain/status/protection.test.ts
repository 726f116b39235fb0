import { expect, it } from 'vitest';
import { type Concern, protectionOf, worstFirst } from './protection.ts';

const concern = (leadsTo: Concern['leadsTo'], message = ''): Concern => ({ code: 'backup-old', leadsTo, message });

it.each([
  [[], 'safe'],
  [['at-risk'], 'at-risk'],
  [['at-risk', 'unknown'], 'unknown'],
  [['unknown', 'at-risk'], 'unknown'],
  [['not-protected', 'unknown', 'at-risk'], 'not-protected'],
] as const)('%j -> %s', (leadTo, expected) => {
  expect(protectionOf(leadTo.map((one) => concern(one)))).toBe(expected);
});

it('shows the worst first, and others in their order', () => {
  const concerns = [concern('at-risk', 'a'), concern('unknown', 'b'), concern('at-risk', 'c'), concern('unknown', 'd')];
  expect(worstFirst(concerns).map(({ message }) => message)).toEqual(['b', 'd', 'a', 'c']);
});
