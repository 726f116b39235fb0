import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Certificate, localCertificate, newAuthority } from '@tandem/local-stack/certificates.ts';
import { findJdks, missingJdk } from '@tandem/local-stack/engine/java.ts';
import { startEngine } from '@tandem/local-stack/engine/start-engine.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AwsCredentials, AwsSigning, ConnectedEngine } from '../connected-engine.ts';
import { realEngineFixture } from '../real-engine.fixture.ts';
import { type ServiceProxy, startServiceProxy } from '../service-proxy.fixture.ts';
import { connectOpensearch } from './opensearch.ts';
import { signatureProblem } from './signature-check.fixture.ts';

const REGION = 'eu-central-1';
const credentials: AwsCredentials = {
  ...{ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
  sessionToken: 'a+session/token==',
};
const owner = { backupId: 'b', operationId: 'o', part: 1, of: 2, optimizeVersion: '3.9.0', tandem: '0.1.0' };

const missing = missingJdk(await findJdks(), 'opensearch@2');

describe.skipIf(missing !== undefined)('Amazon OpenSearch Service, as far as it checks signatures', () => {
  const directory = mkdtempSync(join(tmpdir(), 'tandem-aws-'));
  let opensearch: Awaited<ReturnType<typeof startEngine>>;
  let authority: Certificate;
  const closings: (() => unknown)[] = [];
  let accepted = credentials;
  let now = () => Date.now();

  beforeAll(async () => {
    authority = await newAuthority();
    opensearch = await startEngine({ directory, kind: 'opensearch@2', durable: false });
    const fixture = realEngineFixture(opensearch.url, opensearch.repositoriesPath);
    await fixture.createIndex('optimize-report_v1', 3, {});

    await fixture.createRepository('backups');
  });
  afterEach(async () => {
    for (const close of closings.splice(0).reverse()) await close();
    accepted = credentials;
    now = () => Date.now();
  });
  afterAll(async () => {
    await opensearch?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const proxy = async (): Promise<ServiceProxy> => {
    const started = await startServiceProxy(opensearch.url, await localCertificate(authority), (request) =>
      signatureProblem(request, REGION, accepted, now()),
    );
    closings.push(() => started.close());
    return started;
  };

  const connect = async (aws: Partial<AwsSigning> = {}): Promise<ConnectedEngine> => {
    const { url } = await proxy();
    const settings = { requestTimeoutMs: 10_000, masterTimeoutMs: 5_000, caCertificate: authority.certificate };
    const engine = connectOpensearch({
      ...{ ...settings, url },
      aws: { region: REGION, credentials: async () => credentials, ...aws },
    });
    closings.push(() => engine.close());
    return engine;
  };

  it('accepts every kind of request: reads, writes, lists of names, patterns and queries', async () => {
    const engine = await connect();
    expect((await engine.info()).kind).toBe('opensearch');
    const names = (await engine.listIndices('optimize')).map(({ name }) => name);
    expect(names).toContain('optimize-report_v1');
    expect(await engine.measureIndices(names, 'operations-first')).toHaveLength(names.length);
    await engine.readTemplates('optimize', names);
    await engine.clusterConditions(names);
    await engine.aliasOwners(['optimize-report']);
    expect(await engine.verifyRepository('backups')).toHaveLength(1);
    await engine.startSnapshot({ repository: 'backups', name: 'signed', indices: names, owner });
    await expect
      .poll(async () => (await engine.findSnapshots('backups', ['signed*']))[0]?.state, { timeout: 20_000 })
      .toBe('SUCCESS');
    const rename = { pattern: '(.+)', replacement: 'copy-$1' };
    await engine.startRestore({ repository: 'backups', snapshot: 'signed', indices: names, rename, as: 'copy' });
    const copies = names.map((name) => `copy-${name}`);
    await expect
      .poll(
        async () => (await engine.indexRecoveries(copies)).every(({ shards, shardsDone }) => shards === shardsDone),
        {
          timeout: 30_000,
        },
      )
      .toBe(true);
    await engine.deleteIndices(copies);
    await engine.deleteSnapshot('backups', 'signed');
    expect(await engine.findSnapshots('backups', ['signed'])).toEqual([]);
  });

  it('may have several addresses', async () => {
    const [one, other] = [await proxy(), await proxy()];
    const engine = connectOpensearch({
      url: `${one.url},${other.url}`,
      caCertificate: authority.certificate,
      ...{ requestTimeoutMs: 10_000, masterTimeoutMs: 5_000 },
      aws: { region: REGION, credentials: async () => credentials },
    });
    closings.push(() => engine.close());
    expect(await engine.checkAddresses()).toMatchObject({ warnings: [], refusal: undefined });
    for (let call = 0; call < 4; call += 1) expect(await engine.listIndices('optimize')).not.toEqual([]);
    expect([one.answered, other.answered]).toEqual([[], []]);
  });

  it('gets new credentials before the old ones expire', async () => {
    let renewals = 0;
    const engine = await connect({
      credentials: async () => {
        renewals += 1;
        accepted = { ...credentials, accessKeyId: `KEY${renewals}` };
        return { ...accepted, expiration: new Date(Date.now() + 10_500) };
      },
    });
    await engine.listIndices('optimize');
    const first = renewals;
    expect(first).toBeGreaterThan(0);
    // a request may take 10 s, so those that are valid for less are replaced
    await new Promise((resolve) => setTimeout(resolve, 700));
    await engine.listIndices('optimize');
    expect(renewals).toBe(first + 1);
  });

  const failureOf = async (engine: ConnectedEngine): Promise<{ code: string; message: string }> => {
    const error: unknown = await engine.listIndices('optimize').catch((failure: unknown) => failure);
    if (isFailure(error)) return error;
    throw error;
  };

  it.each<[string, Partial<AwsSigning>, RegExp]>([
    [
      'a wrong secret key',
      { credentials: async () => ({ ...credentials, secretAccessKey: 'wrong' }) },
      /rejects the signature; check the AWS secret access key.*The request signature we calculated does not match/,
    ],
    [
      'an unknown access key',
      { credentials: async () => ({ ...credentials, accessKeyId: 'AKIDOTHER' }) },
      /does not accept the AWS credentials; check that they exist/,
    ],
    ['another region', { region: 'us-east-1' }, /for another region; set ENGINE_AWS_REGION/],
    [
      'no credentials',
      { credentials: () => Promise.reject(new Error('Could not load credentials from any providers')) },
      /there are no AWS credentials to sign with; set AWS_ACCESS_KEY_ID.*Could not load credentials/,
    ],
  ])('is refused with %s, and the failure says what to do', async (_, aws, message) => {
    const failure = await failureOf(await connect(aws));
    expect(failure.code).toBe('ENGINE_FORBIDDEN');
    expect(failure.message).toMatch(message);
    expect(JSON.stringify(failure) + failure.message).not.toContain(credentials.sessionToken);
  });

  it('says that the clocks differ', async () => {
    now = () => Date.now() + 3_600_000;
    const failure = await failureOf(await connect());
    expect(failure.code).toBe('ENGINE_FORBIDDEN');
    expect(failure.message).toMatch(/the clocks differ by minutes; synchronize the clock of the machine/);
  });

  it('is refused without a signature', async () => {
    const { url } = await proxy();
    const settings = { requestTimeoutMs: 10_000, masterTimeoutMs: 5_000, caCertificate: authority.certificate };
    const engine = connectOpensearch({ ...settings, url });
    closings.push(() => engine.close());
    expect((await failureOf(engine)).message).toMatch(/anonymous is not authorized/);
  });
});
