import { afterEach, expect, it, vi } from 'vitest';
import { refuseTwoEngines, requestedStackEngine } from './requested-engine.ts';

afterEach(() => vi.unstubAllEnvs());

it.each(['elasticsearch@7', 'elasticsearch@8', 'elasticsearch@9', 'opensearch@2', 'opensearch@3'])(
  'ENGINE=%s names an engine, and --engine comes first',
  (engine) => {
    vi.stubEnv('ENGINE', engine);
    expect(requestedStackEngine(undefined)).toBe(engine);
    expect(requestedStackEngine('elasticsearch@7')).toBe('elasticsearch@7');
  },
);

it.each(['', ' '])('ENGINE=%j names none', (blank) => {
  vi.stubEnv('ENGINE', blank);
  expect(requestedStackEngine(undefined)).toBeUndefined();
});

it.each(['solr', 'opensearch', 'opensearch@1', 'elasticsearch@7.17.29'])(
  'refuses ENGINE=%s by its value and lists the five choices',
  (engine) => {
    vi.stubEnv('ENGINE', engine);
    expect(() => requestedStackEngine(undefined)).toThrow(
      `ENGINE: there is no engine "${engine}"; choose one of elasticsearch@7, elasticsearch@8, elasticsearch@9, opensearch@2, opensearch@3`,
    );
  },
);

it('names the option where that has the value', () => {
  expect(() => requestedStackEngine('solr')).toThrow(/^--engine: there is no engine "solr"/);
});

it('refuses to start an engine where the user runs one', () => {
  expect(() => refuseTwoEngines('opensearch@3', 'http://localhost:9200')).toThrow(/unset one of them/);
  refuseTwoEngines(undefined, 'http://localhost:9200');
  refuseTwoEngines('opensearch@3', undefined);
});
