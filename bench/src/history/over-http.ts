import { AUDIT_PAIRS, type AuditPair } from '@tandem/history/testing/audit-pairs.ts';
import type { Pool } from 'pg';
import { quantile } from '../measure/figures.ts';
import { type KeepAliveClient, keepAliveClient } from '../measure/keep-alive-client.ts';
import { lastCursor } from './bare-page.ts';
import { inTurns } from './in-turns.ts';
import { PAGE } from './read-cost.ts';

/** Medians in milliseconds, as a client of the API sees them. */
export type HttpCost = { readonly name: string; readonly firstMs: number; readonly deepestMs: number };

type Page = { readonly items: readonly { readonly backupId: string }[]; readonly nextCursor: string | null };

const queryOf = ({ filter, by }: AuditPair): string => {
  const { states, id, actor, deleted, provenBefore } = filter;
  const parameters = { state: states?.join(), backupId: id, actor, deleted, provenBefore: provenBefore?.toISOString() };
  const given = Object.entries(parameters).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return new URLSearchParams([...given, ['sort', `-${by}`], ['limit', String(PAGE)]]).toString();
};

const ask = async (client: KeepAliveClient, url: string): Promise<Page> => {
  const { status, body } = await client.send('GET', url);
  const page = body as Page;
  if (status !== 200 || page.items.length === 0)
    throw new Error(`${url}: ${status} ${JSON.stringify(body).slice(0, 500)}`);
  return page;
};

/** The list's own cursor, moved to another position. */
const cursorAt = (cursor: string, position: string): string => {
  const { of } = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as { of: string };
  return Buffer.from(JSON.stringify({ after: position, of })).toString('base64url');
};

export const httpCosts = async (apiUrl: string, pool: Pool, times: number): Promise<readonly HttpCost[]> => {
  const client = keepAliveClient();
  const costs: HttpCost[] = [];
  try {
    for (const pair of AUDIT_PAIRS) {
      const url = `${apiUrl}/api/v1/backups?${queryOf(pair)}`;
      const { nextCursor } = await ask(client, url);
      const last = await lastCursor(pool, pair, PAGE);
      const deepest = `${url}&cursor=${cursorAt(nextCursor ?? '', last)}`;
      const ms = await inTurns({ first: () => ask(client, url), deepest: () => ask(client, deepest) }, times);
      costs.push({ name: pair.name, firstMs: quantile(ms.first, 0.5), deepestMs: quantile(ms.deepest, 0.5) });
    }
  } finally {
    client.close();
  }
  return costs;
};
