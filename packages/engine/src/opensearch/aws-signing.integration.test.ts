import { findJdks, missingJdk } from '@tandem/local-stack/engine/java.ts';
import { afterEach, describe, expect, it } from 'vitest';
import type { AwsCredentials, AwsSigning, ConnectedEngine } from '../connected-engine.ts';
import { INDEX, useProxiedEngine } from '../proxied-engine.fixture.ts';
import { failureOf } from '../rest/failures/faults.fixture.ts';
import type { ServiceProxy } from '../service-proxy.fixture.ts';
import { snapshotRound } from '../snapshot-round.fixture.ts';
import { connectOpensearch } from './opensearch.ts';
import { signatureProblem } from './signature-check.fixture.ts';

const REGION = 'eu-central-1';
const credentials: AwsCredentials = {
  ...{ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
  sessionToken: 'a+session/token==',
};

const missing = missingJdk(await findJdks(), 'opensearch@2');

describe.skipIf(missing !== undefined)('Amazon OpenSearch Service, as far as it checks signatures', () => {
  const opensearch = useProxiedEngine('opensearch@2');
  let accepted = credentials;
  let now = () => Date.now();

  afterEach(() => {
    accepted = credentials;
    now = () => Date.now();
  });

  const proxy = (): Promise<ServiceProxy> =>
    opensearch.proxy((request) => signatureProblem(request, REGION, accepted, now()));

  const connectTo = (url: string, aws: Partial<AwsSigning> | undefined): ConnectedEngine =>
    opensearch.connect(
      {
        ...{ url, requestTimeoutMs: 10_000, masterTimeoutMs: 5_000 },
        aws: aws && { region: REGION, credentials: async () => credentials, ...aws },
      },
      connectOpensearch,
    );

  const connect = async (aws: Partial<AwsSigning> = {}): Promise<ConnectedEngine> =>
    connectTo((await proxy()).url, aws);

  it('accepts every kind of request: reads, writes, lists of names, patterns and queries', async () => {
    const engine = await connect();
    expect((await engine.info()).kind).toBe('opensearch');
    const names = (await engine.listIndices('optimize')).map(({ name }) => name);
    expect(names).toContain(INDEX);
    expect(await engine.measureIndices(names, 'operations-first')).toHaveLength(names.length);
    await engine.readTemplates('optimize', names);
    await engine.clusterConditions(names);
    await engine.aliasOwners(['optimize-report']);
    expect(await engine.verifyRepository('backups')).toHaveLength(1);
    await snapshotRound(engine, names);
  });

  it('may have several addresses', async () => {
    const [one, other] = [await proxy(), await proxy()];
    const engine = connectTo(`${one.url},${other.url}`, {});
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

  const refusalOf = (engine: ConnectedEngine) => failureOf(engine.listIndices('optimize'));

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
    const failure = await refusalOf(await connect(aws));
    expect(failure.code).toBe('ENGINE_FORBIDDEN');
    expect(failure.message).toMatch(message);
    expect(JSON.stringify(failure) + failure.message).not.toContain(credentials.sessionToken);
  });

  it('says that the clocks differ', async () => {
    now = () => Date.now() + 3_600_000;
    const failure = await refusalOf(await connect());
    expect(failure.code).toBe('ENGINE_FORBIDDEN');
    expect(failure.message).toMatch(/the clocks differ by minutes; synchronize the clock of the machine/);
  });

  it('is refused without a signature', async () => {
    const engine = connectTo((await proxy()).url, undefined);
    expect((await refusalOf(engine)).message).toMatch(/anonymous is not authorized/);
  });
});
