import { isIP } from 'node:net';
import { addressesIn } from '@tandem/shared/domain/address/address-list.ts';
import { isCutShort, LOGIN_ENCODING } from '@tandem/shared/domain/address/login-encoding.ts';
import { readRedisUrl } from '@tandem/shared/domain/address/redis-address.ts';
import { type Duration, milliseconds, parseDuration } from '@tandem/shared/domain/duration.ts';
import { z } from 'zod';

/** The types of settings: each parses what an operator writes, in the environment or in YAML, into the value we compute with. */

const asText = z.preprocess((value) => (typeof value === 'number' ? String(value) : value), z.string());

export const text = asText.refine((value) => value.trim() !== '', 'must not be blank');

export const choice = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` });

export const integer = (min: number, max: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^-?\d+$/.test(value.trim()) ? Number(value) : value),
    z.int({ error: 'must be a whole number' }).min(min, `must be at least ${min}`).max(max, `must be at most ${max}`),
  );

export const awsRegion = text.refine(
  (value) => /^[a-z]{2}(?:-[a-z]+)+-\d+$/.test(value),
  'must be a region of AWS such as eu-central-1',
);

/** "500ms", "5s", "2m", "1h", "1d", parsed into milliseconds. A number without a unit is rejected. */
export const duration = (min: Duration, max: Duration) =>
  asText.transform((value, context) => {
    const parsed = parseDuration(value);
    if (parsed !== undefined && parsed >= milliseconds(min) && parsed <= milliseconds(max)) return Math.round(parsed);
    const rule =
      parsed === undefined
        ? 'must be a duration with a unit, such as 500ms, 5s, 2m, 1h or 1d'
        : `must be between ${min} and ${max}`;
    context.addIssue({ code: 'custom', message: rule });
    return z.NEVER;
  });

/** As `duration`, or "off", which is parsed into 0. */
export const durationOrOff = (min: Duration, max: Duration) =>
  z.preprocess(
    (value) => (value === false ? 'off' : value),
    z.union([z.literal('off').transform(() => 0), duration(min, max)]),
  );

const isAddress = (value: string, schemes: readonly string[]): boolean => {
  if (!URL.canParse(value)) return false;
  const { protocol, host } = new URL(value);
  return schemes.includes(protocol.slice(0, -1)) && host !== '';
};

const isEncoded = (value: string): boolean => {
  const { username, password } = new URL(value);
  return !/%(?![0-9a-f]{2})/i.test(username + password);
};

/** A URL with one of these schemes and a host; user and password percent-encoded. */
export const url = (...schemes: readonly string[]) =>
  text
    .refine((value) => !isCutShort(value), { error: LOGIN_ENCODING, abort: true })
    .refine((value) => isAddress(value, schemes), {
      error: `must be a URL that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
      abort: true,
    })
    .refine(isEncoded, 'must have user and password percent-encoded: a "%" in them is written "%25"');

/** The URL without user, password and trailing slash. */
const addressOf = (value: string): string => {
  const { origin, pathname } = new URL(value);
  return origin + pathname.replace(/\/+$/, '');
};

/** One or more URLs, separated by commas, without duplicates. */
export const urls = (...schemes: readonly string[]) => {
  const one = url(...schemes).refine((value) => !new URL(value).host.includes(','), {
    error: 'must name the scheme of each address of the list, as in http://a:9200,http://b:9200',
  });
  const refusalOf = (part: string): string | undefined =>
    /^$|^,|,$/.test(part)
      ? 'must have an address before and after each comma'
      : one.safeParse(part).error?.issues[0]?.message;
  return text.transform((value, context) => {
    const listed = addressesIn(value);
    const refusal = listed.flatMap((part) => refusalOf(part) ?? [])[0];
    const isTwice = refusal === undefined && new Set(listed.map(addressOf)).size < listed.length;
    if (refusal === undefined && !isTwice) return listed.join(',');
    context.addIssue({ code: 'custom', message: refusal ?? 'must list each address once' });
    return z.NEVER;
  });
};

/** A PostgreSQL URL for clients that do not know Prisma's `schema` parameter. */
export const postgresUrl = url('postgresql', 'postgres').refine(
  (value) => !URL.canParse(value) || !new URL(value).searchParams.has('schema'),
  'must not have "schema=": tables are found by the search_path of the role; set it with ALTER ROLE … SET search_path = …',
);

/** Our URL as clients see it, with a path if a proxy serves us below one. Without a trailing slash. */
export const publicUrl = url('http', 'https')
  .refine((value) => {
    const { username, search, hash } = new URL(value);
    return username + search + hash === '';
  }, 'must consist of scheme, host, port and path only')
  .transform((value) => value.trim().replace(/\/+$/, ''));

/** Whether every address would be trusted is no question of spelling: `0.0.0.0/0` is refused as well. */
const isProxyAddress = (value: string): boolean => {
  if (value === 'loopback') return true;
  const [address = '', prefix, ...more] = value.split('/');
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  if (more.length > 0 || bits === 0) return false;
  return prefix === undefined || (/^[1-9]\d*$/.test(prefix) && Number(prefix) <= bits);
};

/** Addresses and networks (CIDR), separated by commas. */
export const proxyAddresses = text
  .transform((value) => value.split(',').map((part) => part.trim()))
  .refine(
    (addresses) => addresses.every(isProxyAddress),
    'must be addresses or networks separated by commas, such as 10.0.0.5,192.168.0.0/16, or loopback',
  );

/** One Redis, a cluster, or Sentinels. */
export const redisUrl = text.superRefine((value, context) => {
  const read = readRedisUrl(value);
  if (!read.ok) context.addIssue({ code: 'custom', message: read.problem });
});

/** The characters allowed in names of indices and snapshots. */
export const lowerCaseName = text.refine(
  (value) => /^[a-z0-9][a-z0-9_.-]*$/.test(value),
  'may contain only a-z, 0-9, "_", "." and "-", and must begin with a letter or a digit',
);

/** A repository name that engines accept. */
export const repositoryName = text.refine(
  (value) => !/[\s"*\\<|,>/?#]/.test(value) && !value.startsWith('_'),
  'must not contain spaces or any of " * \\ < | , > / ? # and must not begin with "_"',
);
