import { expect, it } from 'vitest';
import type { PartHealth, Readiness } from './readiness.ts';
import { startWarnings } from './start-warnings.ts';

const up: PartHealth = { status: 'UP' };
const down = (reason: string): PartHealth => ({ status: 'DOWN', reason });
const all = { postgresql: up, redis: up, engine: up, repository: up, history: up, operations: up };

const warnings = (components: Partial<Readiness['components']>) =>
  startWarnings({ status: 'DEGRADED', components: { ...all, ...components } });

it.each<[string, Partial<Readiness['components']>, readonly RegExp[]]>([
  ['nothing where all is well', {}, []],
  ['PostgreSQL', { postgresql: down('no route') }, [/^PostgreSQL .*no route$/]],
  ['Redis', { redis: down('refused') }, [/^Redis .*backups are accepted.*refused$/]],
  [
    'the engine, and not what only it could tell of',
    { engine: down('away'), repository: down('away') },
    [/^The engine /],
  ],
  ['the repository', { repository: down('unknown') }, [/^The snapshot repository .*unknown$/]],
  ['a rolled-back history', { history: { status: 'WARN', reason: 'It was.' } }, [/^It was\.$/]],
  ['PostgreSQL, and not what only it could tell of', { postgresql: down('a'), history: down('b') }, [/^PostgreSQL/]],
  [
    'what a part itself warns of',
    { redis: { status: 'WARN', reason: 'Redis evicts keys.' } },
    [/^Redis evicts keys\.$/],
  ],
  [
    'PostgreSQL alone where it cannot be asked for operations',
    { postgresql: down('a'), operations: down('a') },
    [/^PostgreSQL/],
  ],
  ['operations', { operations: down('late') }, [/^The list of operations .*late$/]],
  ['suspended operations', { operations: { status: 'WARN', reason: '2 suspended.' } }, [/^2 suspended\.$/]],
  [
    'each of them',
    { postgresql: down('a'), redis: down('b'), engine: down('c'), repository: down('d') },
    [/^PostgreSQL/, /^Redis/, /^The engine/],
  ],
])('warns of %s', (_, components, sentences) => {
  expect(warnings(components)).toEqual(sentences.map((sentence) => expect.stringMatching(sentence)));
});
