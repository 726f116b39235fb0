import { describe, expect, it } from 'vitest';
import type { Config } from './config.ts';
import { type Sources, targetOf } from './target.ts';

const config: Config = {
  current: 'staging',
  contexts: {
    production: { url: 'https://production', key: { file: '/production.key' }, caFile: '/production.pem' },
    staging: { url: 'https://staging', key: { command: 'pass show staging' } },
  },
};
const stack = { apiUrl: 'http://127.0.0.1:8092', file: '/checkout/.tandem/stack.json' };

const target = (sources: Partial<Sources>) =>
  targetOf({ context: undefined, environment: {}, config: { contexts: {} }, stack: undefined, ...sources });

const environment = { TANDEM_URL: 'https://given', TANDEM_API_KEY: 'tdm_x' };

describe('the Tandem that a command talks to', () => {
  it('is the context of --context, with nothing of the environment', () => {
    const found = target({ context: 'production', environment, config, stack });
    expect(found).toEqual({ ...config.contexts.production, from: 'context production' });
  });

  it('is TANDEM_URL, and the key of a context is not sent there', () => {
    const found = target({ environment: { TANDEM_URL: 'https://given' }, config, stack });
    expect(found).toEqual({ url: 'https://given', from: 'TANDEM_URL' });
  });

  it('is the current context, whose key the environment replaces', () => {
    expect(target({ config, stack })).toMatchObject({ url: 'https://staging', key: { command: 'pass show staging' } });
    const found = target({ environment: { TANDEM_API_KEY_FILE: '/k', TANDEM_CA_FILE: '/ca.pem' }, config });
    expect(found).toMatchObject({ url: 'https://staging', key: { file: '/k' }, caFile: '/ca.pem' });
  });

  it('is the running stack of the checkout where nothing else is given', () => {
    expect(target({ stack })).toEqual({ url: stack.apiUrl, from: 'the running stack of /checkout/.tandem/stack.json' });
    expect(target({ environment: { TANDEM_URL: '' }, stack })).toMatchObject({ url: stack.apiUrl });
  });

  it.each([
    ['nothing is given', {}, /no context, no TANDEM_URL, and no stack/],
    ['the context is unknown', { context: 'prod', config }, /^There is no context prod\.$/],
    ['the context is a member of every object', { context: 'constructor', config }, /^There is no context constructor/],
    ['two keys are given', { environment: { ...environment, TANDEM_API_KEY_FILE: '/k' } }, /both set/],
  ])('is refused if %s', (_, sources, message) => {
    expect(() => target(sources)).toThrow(
      expect.objectContaining({ exit: 'usage', message: expect.stringMatching(message) }),
    );
  });
});
