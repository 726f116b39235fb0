/**
 * Where roles are in the claims of a token: names of nested claims, separated by dots. `{client}` and `{audience}` stand for OIDC_CLIENT_ID and
 * OIDC_AUDIENCE, each as one name, dots included.
 */
export type ClaimPath = string;

/** What the placeholders of a path stand for. A path with a placeholder that has no value finds nothing. */
export type ClaimNames = { readonly client: string | undefined; readonly audience: string | undefined };

/** As Keycloak, most other issuers, and the Management Identity of Camunda write them. */
export const DEFAULT_CLAIM_PATHS: readonly ClaimPath[] = [
  'realm_access.roles',
  'resource_access.{client}.roles',
  'groups',
  'roles',
  'permissions.{audience}',
];

/**
 * Reads the values at all paths. A claim whose own name has dots (`https://example.com/roles`) is found before nested claims. A value is a text or
 * a list of texts, and anything else in it is ignored; only `scope` and `scp` are lists separated by spaces.
 */
export const claimedValues = (claims: object, paths: readonly ClaimPath[], names: ClaimNames): readonly string[] => [
  ...new Set(paths.flatMap((path) => valuesAt(claims, path, names))),
];

const valuesAt = (claims: object, path: ClaimPath, names: ClaimNames): readonly string[] => {
  const segments = path.split('.').map((segment) => substituted(segment, names));
  if (!segments.every((segment) => segment !== undefined)) return [];
  const found = find(claims, segments);
  if (typeof found === 'string') return SPACED.includes(path) ? found.split(' ') : [found];
  return Array.isArray(found) ? found.filter((value) => typeof value === 'string') : [];
};

/** RFC 8693 and 9068; `scp` is what Entra ID has instead. */
const SPACED: readonly ClaimPath[] = ['scope', 'scp'];

const substituted = (segment: string, { client, audience }: ClaimNames): string | undefined => {
  if (segment === '{client}') return client;
  return segment === '{audience}' ? audience : segment;
};

/** Tries the longest name first. */
const find = (node: unknown, segments: readonly string[]): unknown => {
  if (segments.length === 0) return node;
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return undefined;
  for (let length = segments.length; length > 0; length -= 1) {
    const name = segments.slice(0, length).join('.');
    if (!Object.hasOwn(node, name)) continue;
    const found = find((node as Record<string, unknown>)[name], segments.slice(length));
    if (found !== undefined) return found;
  }
  return undefined;
};
