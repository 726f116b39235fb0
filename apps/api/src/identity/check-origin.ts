import { fail } from '@tandem/shared/domain/failure/failure.ts';
import type { Arrival } from './arrival.ts';

/**
 * A browser adds cookies and client certificates by itself, and without authentication nothing needs to be added: a page of another site must
 * not use that. Only what a header says explicitly is exempt. FORBIDDEN.
 */
export const checkOrigin = (
  { origin, host }: Pick<Arrival, 'origin' | 'host'>,
  publicUrl: string | undefined,
): void => {
  if (origin === undefined || isOwn(origin, host, publicUrl)) return;
  throw fail(
    'FORBIDDEN',
    `The header origin is ${JSON.stringify(origin.slice(0, 100))}, another site than the one that was asked. If a proxy serves Tandem under that name, set PUBLIC_URL.`,
    { needed: null, role: null },
  );
};

const isOwn = (origin: string, host: string | undefined, publicUrl: string | undefined): boolean => {
  if (!URL.canParse(origin)) return false;
  if (publicUrl !== undefined && new URL(publicUrl).origin === new URL(origin).origin) return true;
  return host !== undefined && new URL(origin).host === host.toLowerCase();
};
