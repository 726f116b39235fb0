import type { Schemas } from '../connect/schemas.ts';
import type { Screen } from '../output/screen.ts';
import { fields, table } from '../output/table.ts';
import { relative, utc, when } from '../output/units.ts';
import { actorName } from './actor.ts';

type Key = Schemas['ApiKey'];
export type CreatedKey = Schemas['CreatedApiKey'];

const COLUMNS = [
  { head: 'key' },
  { head: 'name', min: 12 },
  { head: 'role' },
  { head: 'state' },
  { head: 'expires (UTC)', min: 10 },
  { head: 'last used' },
] as const;

export const keyList = ({ items }: Schemas['ApiKeyList'], screen: Screen): string =>
  table(
    COLUMNS,
    items.map(({ keyId, name, role, state, expiresAt, lastUsedAt }) => [
      keyId,
      name,
      role,
      state === 'live' ? screen.style.good(state) : screen.style.dim(state),
      expiresAt === null ? 'never' : utc(expiresAt).slice(0, 16),
      lastUsedAt === null ? 'never' : relative(lastUsedAt, screen.now),
    ]),
    screen,
    'There is no key.',
  );

export const keyDetails = (key: Key, screen: Screen): string => fields(rows(key, screen), screen);

/** A key that was just created; `key` is absent where a file holds it. */
export const createdKey = (created: Key & Partial<Pick<CreatedKey, 'key'>>, screen: Screen): string =>
  fields([...rows(created, screen), ['Secret', created.key]], screen);

const rows = (key: Key, { now }: Screen): readonly (readonly [string, string | null | undefined])[] => [
  ['Key', key.keyId],
  ['Name', key.name],
  ['Role', key.role],
  ['State', key.state],
  ['Created', `${when(key.createdAt, now)}, by ${actorName(key.createdBy)}`],
  ['Expires', key.expiresAt === null ? 'never' : when(key.expiresAt, now)],
  ['Replaced by', key.replacedBy],
  ['Revoked', key.revokedAt && when(key.revokedAt, now)],
  ['Last used', key.lastUsedAt && when(key.lastUsedAt, now)],
];
