import type { Actor, EventSource } from '@tandem/shared/domain/history/event.ts';
import type { ApiKeyState } from '@tandem/shared/domain/identity/api-key-state.ts';
import type { Role } from '@tandem/shared/domain/identity/role.ts';
import type { Command } from './events.ts';

/*
 * Keys of callers of the API. The same promises as in history.ts: one statement each, HISTORY_UNREACHABLE. What changes a key writes its event
 * in the same statement. Keys are never removed.
 */

/** Without its digest. */
export type ApiKeyRecord = {
  /** Begins with tdm_, such as tdm_4f9a2c7b. */
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly state: ApiKeyState;
  readonly createdAt: Date;
  readonly createdBy: Actor;
  readonly expiresAt: Date | undefined;
  /** The id of the key that a rotation put in its place. */
  readonly replacedBy: string | undefined;
  readonly revokedAt: Date | undefined;
  readonly lastUsedAt: Date | undefined;
};

/** `digest`: SHA-256 of the whole key, in hexadecimal. */
export type KeyMaterial = { readonly id: string; readonly digest: string };

export type NewApiKey = KeyMaterial & {
  readonly name: string;
  readonly role: Role;
  /** Undefined: it does not expire. */
  readonly livesMs: number | undefined;
};

export type LiveApiKey = KeyMaterial & {
  readonly name: string;
  readonly role: Role;
  /** By the clock of the database. Undefined: it does not expire. */
  readonly endsInMs: number | undefined;
};

export type KeyCommand = Command & { readonly source: EventSource };

/** `ended`: this very key was revoked or has expired. `name-taken`: a live key without the role admin has the name. */
export type Adoption = 'adopted' | 'adopted-before' | 'ended' | 'not-needed' | 'name-taken';

export type Rotation =
  | { readonly rotated: true; readonly key: ApiKeyRecord; readonly replaced: ApiKeyRecord }
  /** `two-live`: `liveId`, another key of its name, lives as well. */
  | { readonly rotated: false; readonly why: 'not-found' | 'ended' }
  | { readonly rotated: false; readonly why: 'two-live'; readonly liveId: string };

export type Revocation =
  | { readonly revoked: true; readonly key: ApiKeyRecord }
  | { readonly revoked: false; readonly why: 'not-found' | 'last-admin' };

export interface ApiKeyHistory {
  /** Creates a key, with event `key.created`. Undefined, with nothing written: a live key has the name. */
  createApiKey(key: NewApiKey, command: KeyCommand): Promise<ApiKeyRecord | undefined>;

  /** Adopts an admin key, with event `key.adopted`, unless an admin key is live. However many processes do it at once, it is adopted once. */
  adoptApiKey(key: KeyMaterial & Pick<NewApiKey, 'name'>, command: KeyCommand): Promise<Adoption>;

  /**
   * Puts another key in the place of a live one, with its name and role, for as long as that one was created for, and lets that one expire
   * after `overlapMs` at the latest; event `key.rotated`. At most two keys of a name are live.
   */
  rotateApiKey(id: string, next: KeyMaterial, overlapMs: number, command: KeyCommand): Promise<Rotation>;

  /**
   * Revokes a key, with event `key.revoked`. One that is revoked already is returned as it is, without an event. `last-admin`: no other live
   * admin key would outlast it (`outlasts` in packages/shared); `evenLast` revokes it all the same. Concurrent calls cannot revoke the last two.
   */
  revokeApiKey(id: string, evenLast: boolean, command: KeyCommand): Promise<Revocation>;

  /** Newest first. Without `ended` only live ones. */
  listApiKeys(filter: { readonly ended: boolean }, limit: number): Promise<readonly ApiKeyRecord[]>;

  /** All live keys. `any`: a key was created or adopted at some time, whether it lives or not. */
  liveApiKeys(): Promise<{ readonly any: boolean; readonly live: readonly LiveApiKey[] }>;

  /** Records that a key is in use, unless that was recorded within the last minute. */
  noteApiKeyUse(id: string): Promise<void>;
}
