export const API_KEY_STATES = ['live', 'expired', 'revoked'] as const;
export type ApiKeyState = (typeof API_KEY_STATES)[number];

type Ends = { readonly expiresAt: Date | undefined; readonly revokedAt: Date | undefined };

/** A key expires at `expiresAt`, not after it. */
export const apiKeyState = ({ expiresAt, revokedAt }: Ends, now: Date): ApiKeyState => {
  if (revokedAt !== undefined) return 'revoked';
  return expiresAt !== undefined && expiresAt <= now ? 'expired' : 'live';
};

/** How long another admin key has to live on, so that an admin key may be revoked. */
export const ADMIN_REMAINS_MS = 86_400_000;

/**
 * Whether a live admin key is enough for another one to be revoked: it lives for another day, or at least as long as that one. So the last one
 * is neither revoked while its predecessor still lives for some hours, nor kept because all others expire soon as well.
 */
export const outlasts = (remaining: Date | undefined, revoked: Date | undefined, now: Date): boolean =>
  remaining === undefined ||
  remaining.getTime() > now.getTime() + ADMIN_REMAINS_MS ||
  (revoked !== undefined && remaining >= revoked);
