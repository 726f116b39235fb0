import { createHash, createHmac } from 'node:crypto';
import type { AwsCredentials } from '../connected-engine.ts';
import type { ProxiedRequest, ProxyAnswer } from '../service-proxy.fixture.ts';

/** What Amazon OpenSearch Service does with a signature, after AWS's description of Signature Version 4, without any code of its SDK. */

const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

const canonicalQuery = (query: string): string =>
  [...new URLSearchParams(query)]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&');

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/;

const ALLOWED_SKEW_MS = 300_000;

const timeOf = (stamp: string): number =>
  Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
const stampOf = (time: number): string => new Date(time).toISOString().replace(/[-:]|\.\d+/g, '');

const refused = (message: string): ProxyAnswer => ({ status: 403, body: { message } });

/** Undefined: the request is signed with these credentials, for this region and for the service `es`. */
export const signatureProblem = (
  { method, url, headers, body }: ProxiedRequest,
  region: string,
  { accessKeyId, secretAccessKey, sessionToken }: AwsCredentials,
  now = Date.now(),
): ProxyAnswer | undefined => {
  const [, key, day = '', area = '', service = '', names = '', signature] =
    AUTHORIZATION.exec(String(headers.authorization)) ?? [];
  if (key === undefined)
    return { status: 403, body: { Message: 'User: anonymous is not authorized to perform: es:ESHttpGet' } };
  if (key !== accessKeyId || headers['x-amz-security-token'] !== sessionToken)
    return refused('The security token included in the request is invalid.');
  if (area !== region || service !== 'es')
    return refused(`Credential should be scoped to a valid region, not '${area}'. `);
  const stamp = String(headers['x-amz-date']);
  if (timeOf(stamp) < now - ALLOWED_SKEW_MS) {
    const limit = stampOf(now - ALLOWED_SKEW_MS);
    return refused(`Signature expired: ${stamp} is now earlier than ${limit} (${stampOf(now)} - 5 min.)`);
  }
  const [path = '', query = ''] = url.split('?');
  const signed = names.split(';').map((name) => `${name}:${String(headers[name]).trim().replace(/\s+/g, ' ')}\n`);
  const canonical = [
    ...[method, path.split('/').map(encoded).join('/'), canonicalQuery(query), signed.join(''), names, sha256(body)],
  ].join('\n');
  const scope = `${day}/${area}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', stamp, scope, sha256(canonical)].join('\n');
  const signingKey = [day, area, service, 'aws4_request'].reduce(
    (secret: Buffer | string, part) => hmac(secret, part),
    `AWS4${secretAccessKey}`,
  );
  if (hmac(signingKey, toSign).toString('hex') === signature) return undefined;
  return refused(
    `The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\n\nThe Canonical String for this request should have been\n'${canonical}\n'`,
  );
};
