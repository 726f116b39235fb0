import { setTimeout as sleep } from 'node:timers/promises';
import type { Tandem } from '../start/tandem.ts';
import { type Answer, call, remove } from './call.ts';
import type { Narrator } from './narrator.ts';

const LIMIT_MS = 90_000;

type Blocker = { readonly code: string; readonly found: readonly string[] };
type Counts = ReadonlyMap<string, number>;

/** Documents by index, and aliases with their index. */
const contents = async ({ stack }: Tandem): Promise<{ readonly counts: Counts; readonly aliases: string }> => {
  await call(`${stack.engineUrl}/optimize-*/_refresh`, {});
  const { body } = await call(`${stack.engineUrl}/optimize-*/_search?size=0&expand_wildcards=all`, {
    aggs: { indices: { terms: { field: '_index', size: 1_000 } } },
  });
  const { indices } = body.aggregations as { indices: { buckets: { key: string; doc_count: number }[] } };
  const aliases = await call(`${stack.engineUrl}/optimize-*/_alias?expand_wildcards=all`);
  const sorted = Object.entries(aliases.body).sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    counts: new Map(indices.buckets.map(({ key, doc_count }) => [key, doc_count])),
    aliases: JSON.stringify(sorted),
  };
};

const sum = (counts: Counts): number => [...counts.values()].reduce((total, count) => total + count, 0);

const plan = ({ apiUrl }: Tandem, backupId: string): Promise<Answer> =>
  call(`${apiUrl}/api/v1/restores/plan`, { backupId });

const tooEarly = async (tandem: Tandem, backupId: string, tell: Narrator): Promise<void> => {
  tell.step(`plan a restore while everything is still there: POST /api/v1/restores/plan {"backupId":"${backupId}"}`);
  const { status, body } = await plan(tandem, backupId);
  const blockers = (body.blockers ?? []) as readonly Blocker[];
  for (const { code, found } of blockers)
    tell.show(`${code}: ${found.length} found, ${found.slice(0, 3).join(', ')} …`);
  const present = blockers.find(({ code }) => code === 'INDICES_PRESENT');
  tell.check(
    'the plan lists every index that blocks the restore',
    status === 200 && (present?.found.length ?? 0) > 20,
    body,
  );
  const refused = await call(`${tandem.apiUrl}/api/v1/restores`, {
    backupId,
    planHash: body.planHash,
    reason: 'too early',
  });
  tell.show(`${refused.status} ${String(refused.body.code)}`);
  tell.check('the restore is refused with 409', refused.status === 409, refused);
};

const destroy = async (tandem: Tandem, counts: Counts, tell: Narrator): Promise<void> => {
  tell.step(`lose everything: DELETE ${counts.size} indices of Optimize, ${sum(counts)} documents`);
  for (const index of counts.keys()) await remove(`${tandem.stack.engineUrl}/${index}`);
  const rest = await call(`${tandem.stack.engineUrl}/_resolve/index/optimize-*?expand_wildcards=all`);
  for (const { name } of rest.body.indices as { name: string }[]) await remove(`${tandem.stack.engineUrl}/${name}`);
  const left = await call(`${tandem.stack.engineUrl}/_resolve/index/optimize-*?expand_wildcards=all`);
  tell.check('no index is left', (left.body.indices as unknown[]).length === 0, left.body);
};

/** Polls until the restore has ended; shows each state and step once. */
const follow = async ({ apiUrl }: Tandem, id: string, tell: Narrator): Promise<Answer['body']> => {
  const begun = performance.now();
  let last = '';
  while (performance.now() - begun < LIMIT_MS) {
    const { body } = await call(`${apiUrl}/api/v1/restores/${id}`);
    const seen = `${String(body.state)} ${String(body.step)}`;
    if (seen !== last) tell.show(`${((performance.now() - begun) / 1000).toFixed(1)} s  ${seen}`);
    last = seen;
    if (!['QUEUED', 'RUNNING'].includes(String(body.state))) return body;
    await sleep(150);
  }
  throw new Error(`restore ${id} did not end within ${LIMIT_MS / 1000} s`);
};

const restore = async (tandem: Tandem, backupId: string, tell: Narrator): Promise<void> => {
  tell.step('plan again and run that plan: POST /api/v1/restores with its planHash');
  const planned = await plan(tandem, backupId);
  const { blockers, restores, documents, planHash } = planned.body as {
    blockers: unknown[];
    restores: unknown[];
    documents: number;
    planHash: string;
  };
  tell.show(`${restores.length} indices, ${documents} documents, plan ${planHash.slice(0, 12)}…`);
  tell.check('nothing blocks the restore any more', blockers.length === 0, blockers);
  const accepted = await call(`${tandem.apiUrl}/api/v1/restores`, { backupId, planHash, reason: 'the demo lost it' });
  tell.check('it is accepted with 202', accepted.status === 202, accepted);
  const ended = await follow(tandem, String(accepted.body.operationId), tell);
  tell.check(
    'it has SUCCEEDED: both parts match what was recorded with the backup',
    ended.state === 'SUCCEEDED',
    ended,
  );
};

const rehearse = async ({ apiUrl, stack, ...tandem }: Tandem, backupId: string, tell: Narrator): Promise<void> => {
  tell.step(`prove the backup without touching live data: POST /api/v1/backups/${backupId}/rehearse`);
  const accepted = await call(`${apiUrl}/api/v1/backups/${backupId}/rehearse`, {});
  tell.check('it is accepted with 202', accepted.status === 202, accepted);
  await follow({ apiUrl, stack, ...tandem }, String(accepted.body.operationId), tell);
  const { body } = await call(`${apiUrl}/api/v1/backups/${backupId}`);
  tell.show(`lastFullProof ${JSON.stringify(body.lastFullProof)}`);
  tell.check('the backup reports when it was last proven restorable', body.lastFullProof !== null, body);
  const copies = await call(`${stack.engineUrl}/_resolve/index/tandem-rehearsal-*?expand_wildcards=all`);
  tell.check('no index of the rehearsal is left', (copies.body.indices as unknown[]).length === 0, copies.body);
};

/** Deletes and restores everything, compares document counts and aliases, then rehearses the backup. */
export const tellRestoreStory = async (tandem: Tandem, backupId: string, tell: Narrator): Promise<void> => {
  const before = await contents(tandem);
  await tooEarly(tandem, backupId, tell);
  await destroy(tandem, before.counts, tell);
  await restore(tandem, backupId, tell);
  tell.step('compare with what was there before');
  const after = await contents(tandem);
  tell.show(`${after.counts.size} indices, ${sum(after.counts)} documents`);
  tell.check(
    'every index has as many documents as before',
    JSON.stringify([...before.counts].sort()) === JSON.stringify([...after.counts].sort()),
    [...after.counts],
  );
  tell.check('every alias is back', before.aliases === after.aliases, after.aliases);
  await rehearse(tandem, backupId, tell);
};
