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

/** `none`: the person had it sent, not a page. */
const FROM_HERE: readonly string[] = ['same-origin', 'none'];

/** The same for a request that changes something, by the header that a page cannot suppress; links of other pages may lead to what is read. */
export const checkFetchSite = ({ fetchSite }: Pick<Arrival, 'fetchSite'>): void => {
  if (fetchSite === undefined || FROM_HERE.includes(fetchSite)) return;
  throw fail(
    'FORBIDDEN',
    `The browser sent this request for a page of another site (sec-fetch-site: ${JSON.stringify(fetchSite.slice(0, 20))}).`,
    { needed: null, role: null },
  );
};
