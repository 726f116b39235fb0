import { newAuthority } from '@tandem/local-stack/certificates.ts';
import { findJdks, missingJdk } from '@tandem/local-stack/engine/java.ts';
import { describe, expect, it } from 'vitest';
import type { Credentials } from '../connected-engine.ts';
import { INDEX, useProxiedEngine } from '../proxied-engine.fixture.ts';
import { failureOf } from '../rest/failures/faults.fixture.ts';
import type { ProxiedRequest, ProxyAnswer } from '../service-proxy.fixture.ts';
import { pathOf } from '../service-replies.fixture.ts';
import { snapshotRound } from '../snapshot-round.fixture.ts';

const KEY = Buffer.from('VuaCfGcBCdbkQm-e5aOx:ui2lp2axTNmsyakw9tvNnw').toString('base64');
const PASSWORD = 'Zq7-unrelated-Words';
const basic = (password: string) => `Basic ${Buffer.from(`tandem:${password}`).toString('base64')}`;

/** As Elasticsearch 8 with its security replies. */
const denied = (reason: string): ProxyAnswer => {
  const header = {
    'WWW-Authenticate': ['Basic realm="security", charset="UTF-8"', 'Bearer realm="security"', 'ApiKey'],
  };
  const error = { type: 'security_exception', reason, header };
  return { status: 401, body: { error: { root_cause: [error], ...error }, status: 401 } };
};

const accepts =
  (accepted: string) =>
  (request: ProxiedRequest): ProxyAnswer | undefined => {
    const { authorization } = request.headers;
    if (authorization === accepted) return undefined;
    if (authorization === undefined)
      return denied(`missing authentication credentials for REST request [${pathOf(request)}]`);
    return denied(
      String(authorization).startsWith('ApiKey ')
        ? 'unable to authenticate with provided credentials and anonymous access is not allowed for this request'
        : `unable to authenticate user [tandem] for REST request [${pathOf(request)}]`,
    );
  };

type Way = {
  readonly accepted: string;
  readonly right: Credentials;
  readonly wrong: Credentials;
  /** What must not appear in any message. */
  readonly secret: string;
};

const WAYS: readonly (readonly [string, Way])[] = [
  [
    'an API key',
    {
      accepted: `ApiKey ${KEY}`,
      right: { apiKey: KEY },
      wrong: { apiKey: Buffer.from('VuaCfGcBCdbkQm-e5aOx:revoked-and-gone').toString('base64') },
      secret: Buffer.from('VuaCfGcBCdbkQm-e5aOx:revoked-and-gone').toString('base64'),
    },
  ],
  [
    'a user and password',
    {
      accepted: basic(PASSWORD),
      right: { username: 'tandem', password: PASSWORD },
      wrong: { username: 'tandem', password: 'Wr0ng-unrelated-Words' },
      secret: 'Wr0ng-unrelated-Words',
    },
  ],
];

const missing = missingJdk(await findJdks(), 'elasticsearch@8');

describe.skipIf(missing !== undefined)('Elasticsearch behind TLS of a private authority', () => {
  const elasticsearch = useProxiedEngine('elasticsearch@8');

  describe.each(WAYS)('that asks for %s', (_, { accepted, right, wrong, secret }) => {
    it('takes and restores a snapshot, and no request lacks them', async () => {
      const proxy = await elasticsearch.proxy(accepts(accepted));
      const engine = elasticsearch.connect({ url: proxy.url, ...right });
      expect(await engine.info()).toMatchObject({ kind: 'elasticsearch', major: 8 });
      expect(await engine.listIndices('optimize')).toMatchObject([{ name: INDEX, open: true }]);
      expect(await engine.verifyRepository('backups')).toHaveLength(1);
      await snapshotRound(engine, [INDEX]);
      expect(proxy.answered).toEqual([]);
    });

    it.each([
      ['wrong ones', wrong, /unable to authenticate/],
      ['none', {}, /missing authentication credentials/],
    ])('refuses %s, and the failure says what to check', async (_what, credentials, reason) => {
      const { url } = await elasticsearch.proxy(accepts(accepted));
      const failure = await failureOf(elasticsearch.connect({ url, ...credentials }).info());
      expect(failure.code).toBe('ENGINE_FORBIDDEN');
      expect(failure.message).toMatch(/check user, password or API key/);
      expect(failure.message).toMatch(reason);
      expect(JSON.stringify(failure) + failure.message).not.toContain(secret);
    });

    it('is not trusted without its authority, and no credentials are sent', async () => {
      const seen: unknown[] = [];
      const { url } = await elasticsearch.proxy((request) => {
        seen.push(request.headers.authorization);
        return undefined;
      });
      for (const caCertificate of [undefined, (await newAuthority()).certificate]) {
        const failure = await failureOf(elasticsearch.connect({ url, ...right, caCertificate }).info());
        expect(failure.code).toBe('ENGINE_UNREACHABLE');
        expect(failure.message).toMatch(/certificate is not trusted: name the file of its authority in ENGINE_CA_FILE/);
      }
      expect(seen).toEqual([]);
    });
  });

  it('accepts new credentials without a restart, once the old ones are rejected', async () => {
    let accepted = 'ApiKey b2xkOmtleQ==';
    let current = 'b2xkOmtleQ==';
    const { url } = await elasticsearch.proxy((request) => accepts(accepted)(request));
    const readCredentials = () => ({ apiKey: current });
    const engine = elasticsearch.connect({ url, apiKey: current, readCredentials });
    expect(await engine.listIndices('optimize')).toHaveLength(1);
    accepted = `ApiKey ${KEY}`;
    current = KEY;
    expect(await engine.listIndices('optimize')).toHaveLength(1);
  });
});
