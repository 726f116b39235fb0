import { type KeyClaim, type KeyHistory, keyOvertaken } from '../ports/keys.ts';
import { methods } from './methods.ts';
import { after, CLOCK_SLACK_MS, type KeyRow, stored, type Tables } from './tables.ts';

type Times = { readonly keepMs: number; readonly abandonedMs: number };

const claimKey = (tables: Tables, key: string, bodyDigest: string, times: Times): KeyClaim => {
  const now = tables.now();
  const kept = tables.keys.get(key);
  if (kept === undefined || kept.expiresAt <= now)
    return claimAfresh(tables, key, bodyDigest, after(now, times.keepMs));
  if (kept.bodyDigest !== bodyDigest) return { claim: 'mismatch' };
  if (kept.answered) return { claim: 'replay', answer: kept.answered.answer };
  const isOfPutBackClock = kept.claimedAt > after(now, CLOCK_SLACK_MS);
  if (kept.claimedAt > after(now, -times.abandonedMs) && !isOfPutBackClock) return { claim: 'running' };
  return claimAfresh(tables, key, bodyDigest, kept.expiresAt);
};

const claimAfresh = (tables: Tables, key: string, bodyDigest: string, expiresAt: Date): KeyClaim => {
  tables.keys.set(key, { bodyDigest, claimedAt: tables.now(), expiresAt, answered: undefined });
  return { claim: 'fresh' };
};

const unanswered = (tables: Tables, key: string): KeyRow | undefined => {
  const kept = tables.keys.get(key);
  return kept?.answered ? undefined : kept;
};

export const assertKeyHeld = (tables: Tables, key: string): void => {
  if (!unanswered(tables, key)) throw keyOvertaken();
};

export const answerKey = (tables: Tables, key: string, answer: unknown): void => {
  const kept = unanswered(tables, key);
  if (kept) tables.keys.set(key, { ...kept, answered: { answer: stored(answer) } });
};

const releaseKey = (tables: Tables, key: string): void => {
  if (unanswered(tables, key)) tables.keys.delete(key);
};

export const keys = (tables: Tables): KeyHistory => methods(tables, { claimKey, releaseKey });
