import { ApiError } from '@tandem/client/api-error.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { Client } from '../../connect/client.ts';
import type { Schemas } from '../../connect/schemas.ts';
import type { BackupContents, IndexContents } from '../../views/backup/comparison.ts';

/** The contents of a backup by index. The plan of its restore has documents and sizes; nothing is changed by a plan. */
export const contentsOf = async (client: Client, backupId: string): Promise<BackupContents> => {
  const backup = await client.get('/api/v1/backups/{backupId}', { params: { path: { backupId } } });
  const planned = await plannedIndices(client, backupId);
  const known = new Map('why' in planned ? [] : planned.items.map((index) => [index.index, index]));
  const names = [...new Set(backup.parts.flatMap(({ indices }) => indices))].sort();
  const indices = names.map((index): IndexContents => {
    const { documents = null, bytes = null } = known.get(index) ?? {};
    return { index, documents, bytes };
  });
  return {
    ...{ backupId, state: backup.state, requestedAt: backup.requestedAt, optimizeVersion: backup.optimizeVersion },
    ...{ bytes: backup.bytes, indices, unmeasured: 'why' in planned ? planned.why : null },
  };
};

type Planned = { readonly items: readonly Schemas['PlannedIndex'][] } | { readonly why: string };

const PAGE = 1000;

/** A backup that is deleted, or an engine that is away, has no plan. */
const plannedIndices = async (client: Client, backupId: string): Promise<Planned> => {
  try {
    const plan = await client.post('/api/v1/restores/plan', { body: { backupId } });
    if (!plan.truncated.some(({ list }) => list === 'restores')) return { items: plan.restores };
    return { items: await allRestored(client, plan.planHash) };
  } catch (error) {
    if (error instanceof ApiError && error.status !== 401 && error.status !== 403) return { why: error.message };
    throw error;
  }
};

const allRestored = async (client: Client, planHash: string): Promise<readonly Schemas['PlannedIndex'][]> => {
  const items: Schemas['PlannedIndex'][] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query = omitUndefined({ list: 'restore', limit: PAGE, cursor });
    const page = await client.get('/api/v1/restores/plans/{planHash}', { params: { path: { planHash }, query } });
    if (!('items' in page)) return items;
    items.push(...(page.items as Schemas['PlannedIndex'][]));
    cursor = page.nextCursor;
  }
  return items;
};
