import type { Role } from '../identity/role.ts';
import { nameList } from '../name-list.ts';
import { type Finding, ok, warn } from './finding.ts';

/** A key that is accepted. */
export type LiveKeyFacts = {
  readonly name: string;
  readonly role: Role;
  readonly expiresAt: Date | undefined;
  /** Whether a rotation has put another one in its place. */
  readonly isReplaced: boolean;
};

/** Time to find out who uses a key, and to hand out another one. */
const WARN_DAYS = 14;
const DAY_MS = 86_400_000;

/** `any`: whether there was ever a key; then callers must authenticate. */
export const apiKeyFinding = (live: readonly LiveKeyFacts[], any: boolean, now: Date): Finding => {
  if (!any) return ok('api-keys', 'There are no API keys.', { live: 0 });
  const soon = now.getTime() + WARN_DAYS * DAY_MS;
  const ends = ({ expiresAt }: LiveKeyFacts) => expiresAt !== undefined && expiresAt.getTime() <= soon;
  const admins = live.filter(({ role }) => role === 'admin');
  const ending = live.filter((key) => ends(key) && !key.isReplaced).map(({ name }) => name);
  const evidence = { live: live.length, admins: admins.length, ending };
  if (admins.length === 0)
    return warn('api-keys', 'No admin key is live, so that no caller can manage keys with one.', CREATE, evidence);
  if (admins.every(ends))
    return warn(
      'api-keys',
      `Every admin key expires within ${WARN_DAYS} days (${nameList(admins.map(({ name }) => name))}).`,
      CREATE,
      evidence,
    );
  if (ending.length > 0)
    return warn(
      'api-keys',
      `Within ${WARN_DAYS} days expire the keys of ${nameList(ending)}.`,
      'Rotate them (tandem key rotate), and give the new ones to those who use them.',
      evidence,
    );
  return ok('api-keys', `No key expires within ${WARN_DAYS} days.`, evidence);
};

const CREATE = 'Create another one: npm run keys -- create --role admin --name NAME.';
