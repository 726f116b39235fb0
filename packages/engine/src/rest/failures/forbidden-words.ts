/** What an engine, or the service in front of it, says when it forbids a call, and the sentence with what to do about it. */
const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [
    /^no AWS credentials/,
    'was not asked, since there are no AWS credentials to sign with; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the machine, the pod or the profile a role',
  ],
  [
    /^Signature (?:expired|not yet current)/,
    'rejects the signature because the clocks differ by minutes; synchronize the clock of the machine that Tandem runs on (NTP)',
  ],
  [
    /request signature we calculated does not match/,
    'rejects the signature; check the AWS secret access key, and that no proxy changes the request or its Host header',
  ],
  [
    /Credential should be scoped to/,
    'rejects the signature because it is for another region; set ENGINE_AWS_REGION to that of the domain',
  ],
  [
    /security token included in the request is/,
    'does not accept the AWS credentials; check that they exist, belong to this account and have not expired',
  ],
  [
    /is not authorized to perform: es:/,
    "does not allow this call; allow the action that the reason names in the IAM policy and the domain's access policy",
  ],
  [
    /^Your request: .* is not allowed|not available when running in serverless mode/,
    'is a managed service that does not offer this call',
  ],
  [
    /^OpenSearch: /,
    'does not accept the credentials; check user and password (OpenSearch takes no API key: unset ENGINE_API_KEY)',
  ],
  [
    /^no permissions for \[|is unauthorized for/,
    'does not allow this call; grant the privilege that the reason names to the user or API key of Tandem',
  ],
];

/** Undefined: the reason says nothing that is known. */
export const forbiddenWords = (reason: string | undefined): string | undefined =>
  reason === undefined ? undefined : REMEDIES.find(([pattern]) => pattern.test(reason))?.[1];

/** The security plugin of OpenSearch sends a challenge of its own; 3.x also names itself in every reply. */
const isOpensearch = (headers: Readonly<Record<string, unknown>>): boolean =>
  'x-opensearch-version' in headers || String(headers['www-authenticate'] ?? '').includes('OpenSearch Security');

/** Of a 401 reply, whose text often says nothing. `headers`: their names are in lower case. */
export const unauthorizedReason = (reason: unknown, headers: Readonly<Record<string, unknown>>): unknown => {
  const text = typeof reason === 'string' && reason !== '' ? reason : 'Unauthorized';
  return isOpensearch(headers) && forbiddenWords(text) === undefined ? `OpenSearch: ${text}` : reason;
};
