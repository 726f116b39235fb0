import { expect, it } from 'vitest';
import { type PartFacts, partConcerns } from './part-concerns.ts';

const up = { status: 'UP' } as const;
const down = (reason: string) => ({ status: 'DOWN', reason }) as const;
const warn = (reason: string) => ({ status: 'WARN', reason }) as const;

it.each<[string, Partial<PartFacts>, readonly string[]]>([
  ['nothing', {}, []],
  [
    'the engine away, and not of what only it could say',
    { engine: down('refused'), repository: down('away') },
    ['engine-unreachable -> unknown: The engine does not respond: refused.'],
  ],
  [
    'the repository',
    { repository: down('It is missing.') },
    ['repository-unreadable -> unknown: The repository cannot be read: It is missing.'],
  ],
  [
    'a read-only repository',
    { repository: warn('It is read-only.') },
    ['repository-warning -> at-risk: It is read-only.'],
  ],
  [
    'Redis',
    { redis: down('refused') },
    ['queue-warning -> at-risk: Redis does not respond: requests are accepted, and wait for it: refused.'],
  ],
  [
    'warnings',
    { engine: warn('a'), redis: warn('b') },
    ['engine-warning -> at-risk: a.', 'queue-warning -> at-risk: b.'],
  ],
])('warn of %s', (_, change, expected) => {
  const concerns = partConcerns({ engine: up, repository: up, redis: up, ...change });
  expect(concerns.map(({ code, leadsTo, message }) => `${code} -> ${leadsTo}: ${message}`)).toEqual(expected);
});
