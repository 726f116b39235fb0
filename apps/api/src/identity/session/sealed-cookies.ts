import { hkdfSync, randomBytes } from 'node:crypto';
import { EncryptJWT, errors, jwtDecrypt } from 'jose';

/** What a cookie is for: one is never accepted as the other. */
export type CookiePurpose = 'session' | 'login';

/** Contents of cookies that only we can read and write. */
export type SealedCookies = {
  readonly seal: (purpose: CookiePurpose, content: unknown, expiresAt: Date) => Promise<string>;
  /** Undefined: it is not ours, not for this purpose, changed, or expired. */
  readonly open: (purpose: CookiePurpose, sealed: string) => Promise<OpenedCookie | undefined>;
};

export type OpenedCookie = { readonly content: unknown; readonly expiresAt: Date };

const FORM = { alg: 'dir', enc: 'A256GCM' } as const;

/**
 * Encrypts with a key that is derived from the first line of the text (SESSION_KEY_FILE), and reads what any line's key encrypted. Without a text the
 * key is random and ends with the process.
 */
export const sealedCookies = (keyLines: string | undefined): SealedCookies => {
  const lines = keyLines?.trim().split(/\s+/) ?? [randomBytes(32).toString('hex')];
  const keys = lines.map((line) => new Uint8Array(hkdfSync('sha256', line, '', 'tandem cookies', 32)));
  const [first = new Uint8Array()] = keys;
  return {
    seal: (purpose, content, expiresAt) =>
      new EncryptJWT({ content })
        .setProtectedHeader(FORM)
        .setAudience(purpose)
        .setExpirationTime(expiresAt)
        .encrypt(first),
    open: async (purpose, sealed) => {
      for (const key of keys) {
        const opened = await openWith(key, purpose, sealed);
        if (opened !== undefined) return opened;
      }
      return undefined;
    },
  };
};

const openWith = async (key: Uint8Array, purpose: CookiePurpose, sealed: string): Promise<OpenedCookie | undefined> => {
  try {
    const { payload } = await jwtDecrypt(sealed, key, {
      audience: purpose,
      requiredClaims: ['exp'],
      keyManagementAlgorithms: [FORM.alg],
      contentEncryptionAlgorithms: [FORM.enc],
    });
    return { content: payload.content, expiresAt: new Date((payload.exp ?? 0) * 1_000) };
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
};
