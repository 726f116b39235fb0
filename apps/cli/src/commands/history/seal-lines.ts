import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { Client } from '../../connect/client.ts';

type Page = { readonly items: readonly unknown[]; readonly nextCursor: string | null };

const PAGE = 1_000;

/** Every seal, oldest first, as a line of JSON; page after page. */
export async function* sealLines(client: Pick<Client, 'get'>): AsyncGenerator<string, void, undefined> {
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query = { limit: PAGE, ...omitUndefined({ cursor }) };
    const page: Page = await client.get('/api/v1/history/seals', { params: { query } });
    yield page.items.map((seal) => `${JSON.stringify(seal)}\n`).join('');
    cursor = page.nextCursor;
  }
}
