import { expect } from 'vitest';
import type { Row } from '../harness/services/database.ts';
import type { EngineSnapshot } from '../harness/services/engine.ts';
import type { World } from '../harness/world.ts';

const TERMINAL = ['backup.completed', 'backup.failed', 'backup.cancelled'];

type Kept = {
  readonly id: string;
  readonly backup_id: string;
  readonly backup_state: string;
  readonly operation_state: string;
  readonly is_over: boolean;
  readonly parts: readonly { readonly name: string; readonly uuid: string | null; readonly state: string }[];
  readonly attempts: readonly number[];
};

const KEPT = `
  SELECT o.id, b.backup_id, b.state AS backup_state, o.state AS operation_state, o.ended_at IS NOT NULL AS is_over,
    (SELECT jsonb_agg(jsonb_build_object('name', p.snapshot_name, 'uuid', p.uuid, 'state', p.state) ORDER BY p.number)
     FROM part p WHERE p.backup_key = b.key) AS parts,
    coalesce((SELECT jsonb_agg(a.number ORDER BY a.number) FROM attempt a WHERE a.operation_id = o.id), '[]') AS attempts
  FROM backup b JOIN operation o ON o.backup_key = b.key AND o.kind = 'create'
  WHERE b.backup_id = ANY($1) ORDER BY b.backup_id`;

/**
 * What was promised with the 200, after whatever happened: the backups are COMPLETED, or FAILED where that is `wanted`, those `retried` by a
 * person after a first failure; rows, events, attempts and the engine tell the same, and the repository holds nothing that was not planned.
 */
export const expectPromise = async (
  world: World,
  ids: readonly string[],
  wanted: Wanted = 'COMPLETED',
  { retried = [] }: { readonly retried?: readonly string[] } = {},
) => {
  for (const id of ids.slice(0, 20)) expect(await world.api.state(id)).toBe(wanted);
  const kept = (await world.sql(KEPT, ids)) as readonly unknown[] as readonly Kept[];
  expect(kept.map(({ backup_id }) => backup_id)).toEqual([...ids].sort());
  const operation = wanted === 'COMPLETED' ? 'SUCCEEDED' : 'FAILED';
  for (const { backup_id, attempts, ...row } of kept) {
    expect({ backup_id, ...row }).toMatchObject({ backup_state: wanted, operation_state: operation, is_over: true });
    expect(attempts, `attempts of ${backup_id}`).toEqual(attempts.map((_, at) => at + 1));
  }
  const snapshots = await world.snapshots();
  if (wanted === 'COMPLETED') expectWhole(kept, snapshots);
  else expectNothingUnplanned(kept, snapshots);
  const events = await world.sql('select * from event where backup_id = any($1) order by id', ids);
  for (const id of ids) expectOneEnd(id, wanted, retried.includes(id), events);
  const known = await world.sql('select snapshot_name from part');
  const planned = new Set(known.map(({ snapshot_name }) => snapshot_name));
  expect(snapshots.map(({ snapshot }) => snapshot).filter((name) => !planned.has(name))).toEqual([]);
};

type Wanted = 'COMPLETED' | 'FAILED';

const ofThese = (kept: readonly Kept[], snapshots: readonly EngineSnapshot[]) => {
  const names = new Set(kept.flatMap(({ parts }) => parts.map(({ name }) => name)));
  return snapshots.filter(({ snapshot }) => names.has(snapshot));
};

/** Name by name and uuid by uuid. */
const expectWhole = (kept: readonly Kept[], snapshots: readonly EngineSnapshot[]) => {
  const lines = (all: readonly { name: string; uuid: string | null; state: string }[]) =>
    all.map(({ name, uuid, state }) => `${name} ${uuid} ${state}`).sort();
  const inEngine = ofThese(kept, snapshots).map(({ snapshot, uuid, state }) => ({ name: snapshot, uuid, state }));
  const inRows = kept.flatMap(({ parts }) => parts);
  expect(lines(inEngine)).toEqual(lines(inRows));
  expect(new Set(inRows.map(({ state }) => state))).toEqual(new Set(['SUCCESS']));
};

/** In a create that FAILED, a part that was sent and not seen yet has no recorded uuid, and names its operation. */
const expectNothingUnplanned = (kept: readonly Kept[], snapshots: readonly EngineSnapshot[]) => {
  const recorded = new Map(kept.flatMap(({ parts, id }) => parts.map(({ name, uuid }) => [name, { uuid, id }])));
  const mine = ofThese(kept, snapshots);
  expect(new Set(mine.map(({ snapshot }) => snapshot)).size).toBe(mine.length);
  for (const { snapshot, uuid, metadata } of mine) {
    const part = recorded.get(snapshot);
    if (part?.uuid != null) expect(uuid).toBe(part.uuid);
    else expect(JSON.stringify(metadata)).toContain(part?.id);
  }
};

/** One end, and before it, where a person had it retried, the failure that made them. */
const expectOneEnd = (id: string, wanted: Wanted, wasRetried: boolean, events: readonly Row[]) => {
  const kinds = events
    .filter((event) => event.backup_id === id && event.kind !== 'backup.refused')
    .map(({ kind }) => String(kind));
  const ends = kinds.filter((kind) => TERMINAL.includes(kind));
  const end = wanted === 'COMPLETED' ? 'backup.completed' : 'backup.failed';
  expect(ends, `${id}: ${kinds.join(', ')}`).toEqual(wasRetried ? ['backup.failed', end] : [end]);
  expect(kinds.filter((kind) => kind === 'backup.requested')).toHaveLength(1);
  expect(kinds[0]).toBe('backup.requested');
  expect(kinds.lastIndexOf(end)).toBeGreaterThan(kinds.lastIndexOf('part.starting'));
};
