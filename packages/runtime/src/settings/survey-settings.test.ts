import { describe, expect, it } from 'vitest';
import { surveySettings } from './read-settings.ts';
import { withoutSecrets } from './secrets.ts';
import { settingsFacts } from './settings-facts.ts';

const complete = {
  DATABASE_URL: 'postgresql://app:pg-secret@db/tandem',
  REDIS_URL: 'redis://:redis-secret@cache:6379',
  ELASTICSEARCH_URL: 'http://es:9200',
  CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: 'backups',
};
const survey = (environment: Readonly<Record<string, string>>) => surveySettings({ environment, arguments: [] });

describe('a survey of the settings', () => {
  it('has every value of a valid configuration, and no problem', () => {
    const { values, problems, invalid } = survey(complete);
    expect(problems).toEqual([]);
    expect(invalid.size).toBe(0);
    expect(values).toMatchObject({ repository: 'backups', redisPrefix: '{tandem}' });
  });

  it('keeps what is valid where other settings are not, and names those', () => {
    const { REDIS_URL: _, ...others } = complete;
    const { values, problems, invalid } = survey({ ...others, PORT: 'many' });
    expect(values.databaseUrl).toBe(complete.DATABASE_URL);
    expect([...invalid].sort()).toEqual(['port', 'redisUrl']);
    expect(problems).toHaveLength(2);
  });

  it('knows the secrets of valid and invalid settings', () => {
    const given = { ...complete, DATABASE_URL: 'postgrsql//app:pg-secret@db', ENGINE_API_KEY: 'key-secret' };
    const { secrets, problems } = survey({ ...given, REDIS_URL: 'redi://:redis-secret@cache' });
    const text = withoutSecrets('pg-secret redis-secret key-secret', secrets);
    expect(text).toBe('*** *** ***');
    expect(problems.join()).not.toMatch(/-secret/);
  });

  it('shows no secret in what it advises', () => {
    const given = { ELASTICSEARCH_URL: 'http://me:es-secret@es:9200', REDIS_URLS: 'redis://:x-secret@y' };
    const facts = settingsFacts(survey({ ...complete, ...given }));
    expect(facts.advice).toHaveLength(2);
    expect(JSON.stringify(facts)).not.toMatch(/-secret/);
  });
});
