import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { ExportedBackup } from '../../../contract/exported-backup.ts';
import type { ExportedEvent } from '../../../contract/exported-event.ts';
import type { Seal } from '../../../contract/seals.ts';
import type { Digest } from '../seal/merkle.ts';
import { inOrder, sealHash } from '../seal/seal.ts';
import type { ChainTrust } from '../seal/seal-chain.ts';
import { backups, events, sealed as sealedBy } from './sealed-history.fixture.ts';
import type { Tampering } from './tampering.ts';
import { backupsCheck } from './verify-backups.ts';
import { verifyEvents } from './verify-events.ts';

type Whole = {
  readonly events: readonly ExportedEvent[];
  readonly seals: readonly Seal[];
  readonly backups: readonly ExportedBackup[];
};

const sha256: Digest = (bytes) => createHash('sha256').update(bytes).digest();
const sealed = (all: readonly ExportedEvent[]) => sealedBy(sha256, all);

const whole: Whole = { events, seals: sealed(events), backups };
const noTrust: ChainTrust = { checkpoint: new Map(), signatures: undefined };

async function* each<Item>(items: readonly Item[]): AsyncIterable<Item> {
  yield* items;
}

const verify = async (given: Partial<Whole>, trust = noTrust) => {
  const all = { ...whole, ...given };
  const found: Tampering[] = [];
  const look = backupsCheck(new Date('2026-06-01T00:00:00Z'));
  const told = async function* () {
    for (const event of inOrder(all.events)) {
      look.event(event);
      yield event;
    }
  };
  const verified = await verifyEvents(sha256, each(all.seals), told(), trust, (tampering) => found.push(tampering));
  found.push(...all.backups.flatMap(look.backup), ...look.end());
  return { verified, found, kinds: found.map(({ kind }) => kind) };
};

const replaced = <Item>(items: readonly Item[], at: number, ...by: readonly Item[]): readonly Item[] =>
  items.toSpliced(at, 1, ...by);

/** Another value of the same kind. */
const others = (value: unknown): readonly unknown[] => {
  if (value === null) return ['something', { some: 'thing' }];
  if (typeof value === 'number') return [value + 1];
  if (typeof value === 'string') return [`${value}x`, null];
  return [null, { ...value, more: null }, [value]];
};

const places = [...events.keys()];

it('finds nothing where nothing was changed', async () => {
  const { verified, found } = await verify({});
  expect(found).toEqual([]);
  expect(verified).toEqual({
    seals: 3,
    events: 12,
    unsealed: 0,
    head: expect.objectContaining({ number: 3, through: '14' }),
  });
});

it('names what is not sealed yet: newer ones, and those whose lower ids were waited for', async () => {
  expect((await verify({ seals: whole.seals.slice(0, 2) })).verified).toMatchObject({ events: 8, unsealed: 4 });
  expect(await verify({ seals: whole.seals.slice(0, 2) })).toMatchObject({ kinds: [] });
  expect((await verify({ seals: [] })).verified).toEqual({ seals: 0, events: 0, unsealed: 12, head: undefined });
});

const columns = events.flatMap((event, at) =>
  Object.entries(event).flatMap(([column, value]) =>
    others(value).map((other) => [event.id, column, other, at] as const),
  ),
);

it.each(columns.filter(([, column, other]) => column !== 'id' && !(column === 'kind' && other === null)))(
  'finds event %s with another %s: %j',
  async (id, column, other, at) => {
    const changed = { ...events[at], [column]: other } as ExportedEvent;
    const { found } = await verify({ events: replaced(events, at, changed) });
    expect(found[0]).toMatchObject({ kind: 'event.changed' });
    expect(whole.seals[(found[0]?.seal ?? 0) - 1]?.events.flat().map(BigInt)).toSatisfy(
      (ids: readonly bigint[]) => ids.some((edge) => edge <= BigInt(id)) && ids.some((edge) => edge >= BigInt(id)),
    );
  },
);

it.each(places)('finds that event %# is gone', async (at) => {
  const { found } = await verify({ events: replaced(events, at) });
  expect(found[0]).toEqual({ kind: 'event.removed', where: `events ${events[at]?.id}`, seal: expect.any(Number) });
});

const free = ['-7', '0', '4', '9'];

it.each(places.flatMap((at) => free.map((id) => [at, id] as const)))(
  'finds event %i a second time as %s',
  async (at, id) => {
    const { kinds } = await verify({ events: [...events, { ...events[at], id } as ExportedEvent] });
    expect(kinds).toContain('event.inserted');
  },
);

it.each(places)('finds event %i twice', async (at) => {
  expect(
    (await verify({ events: replaced(events, at, ...events.slice(at, at + 1), ...events.slice(at, at + 1)) })).kinds,
  ).toContain('event.repeated');
});

it.each([0, ...places.map((at) => at + 1)])(
  'finds one that was put in at place %i, all after it moved on',
  async (place) => {
    const made = { ...events[0], reason: 'made up' } as ExportedEvent;
    const moved = [...events.slice(0, place), made, ...events.slice(place)];
    const ids = [...events.map(({ id }) => id), '15'];
    const { kinds, verified } = await verify({ events: moved.map((event, at) => ({ ...event, id: ids[at] ?? '' })) });
    if (place < events.length) expect(kinds).toContain('event.changed');
    // at the end it is an event like any that an app appends, and is sealed as such
    else expect(verified.unsealed).toBe(1);
  },
);

it.each(places.flatMap((one) => places.filter((other) => other > one).map((other) => [one, other] as const)))(
  'finds that events %i and %i changed places',
  async (one, other) => {
    const [first, second] = [events[one], events[other]] as [ExportedEvent, ExportedEvent];
    const swapped = replaced(replaced(events, one, { ...second, id: first.id }), other, { ...first, id: second.id });
    expect((await verify({ events: swapped })).kinds).toContain('event.changed');
  },
);

const sealColumns = whole.seals.flatMap((seal, at) =>
  (['number', 'previous', 'hash', 'events', 'count', 'root', 'through', 'waiting', 'sealedAt'] as const).map(
    (column) => [seal.number, column, at] as const,
  ),
);

const changedSeal = (seal: Seal, column: (typeof sealColumns)[number][1]): Seal => {
  const by = {
    number: seal.number + 1,
    previous: 'ab'.repeat(32),
    hash: 'cd'.repeat(32),
    events: [...seal.events, ['90', '91']] as Seal['events'],
    count: seal.count + 1,
    root: 'ef'.repeat(32),
    through: `${BigInt(seal.through) + 1n}`,
    waiting: [['90', '91']] as Seal['waiting'],
    sealedAt: '2026-03-01T12:00:00.000000Z',
  };
  return { ...seal, [column]: by[column] };
};

it.each(sealColumns)('finds seal %i with another %s', async (_, column, at) => {
  const changed = changedSeal(whole.seals[at] as Seal, column);
  expect((await verify({ seals: replaced(whole.seals, at, changed) })).found).not.toEqual([]);
});

it.each(sealColumns.filter(([, column]) => column !== 'hash'))(
  'finds it where seal %i was hashed anew: %s',
  async (_, column, at) => {
    const changed = changedSeal(whole.seals[at] as Seal, column);
    const hashed = { ...changed, hash: sealHash(sha256, changed) };
    const checkpoint = new Map(whole.seals.map(({ number, hash }) => [number, hash]));
    expect((await verify({ seals: replaced(whole.seals, at, hashed) }, { ...noTrust, checkpoint })).found).not.toEqual(
      [],
    );
  },
);

it.each([0, 1])('finds that seal %# is gone from the middle', async (at) => {
  expect((await verify({ seals: replaced(whole.seals, at) })).kinds).toContain('seal.removed');
});

it('finds that two seals changed places', async () => {
  const [first, second, third] = whole.seals as [Seal, Seal, Seal];
  expect((await verify({ seals: [second, first, third] })).found).not.toEqual([]);
  expect((await verify({ seals: [first, third, second] })).found).not.toEqual([]);
  expect((await verify({ seals: [first, second, second, third] })).found).not.toEqual([]);
});

/** All that the owner of the tables can do: other events under seals that are right in themselves. */
const rehashed = replaced(events, 6, { ...events[6], reason: 'another' } as ExportedEvent);

it('finds a tail that was hashed anew by a checkpoint', async () => {
  const seals = sealed(rehashed);
  expect((await verify({ events: rehashed, seals })).found).toEqual([]);
  const checkpoint = new Map([[2, whole.seals[1]?.hash ?? '']]);
  const { found } = await verify({ events: rehashed, seals }, { ...noTrust, checkpoint });
  expect(found).toEqual([{ kind: 'seal.rewritten', where: 'seal 2', seal: 2 }]);
});

it.each([0, 1, 2])('finds by a checkpoint that only %i seals are left', async (left) => {
  const checkpoint = new Map(whole.seals.map(({ number, hash }) => [number, hash]));
  const seals = whole.seals.slice(0, left);
  const kept = events.filter(({ id }) => BigInt(id) <= BigInt(seals.at(-1)?.through ?? '0'));
  const { kinds } = await verify({ seals, events: kept, backups: [] }, { ...noTrust, checkpoint });
  expect(kinds).toContain('seal.truncated');
});

it('finds what the key did not sign', async () => {
  const sign = (hash: string) => `signed ${hash}`;
  const signed = (seal: Seal): Seal => ({ ...seal, signature: sign(seal.hash), keyId: 'aa'.repeat(32) });
  const check = (hash: string, signature: string) => signature === sign(hash);
  const trust = (from: number): ChainTrust => ({ checkpoint: new Map(), signatures: { from, check } });
  const seals = whole.seals.map(signed);
  expect((await verify({ seals }, trust(1))).found).toEqual([]);
  expect((await verify({ seals: replaced(seals, 1, whole.seals[1] as Seal) }, trust(1))).kinds).toEqual([
    'seal.unsigned',
  ]);
  const anew = sealed(rehashed);
  const kept = anew.map((seal, at) => ({ ...seal, signature: seals[at]?.signature ?? null, keyId: 'aa'.repeat(32) }));
  expect((await verify({ events: rehashed, seals: kept }, trust(1))).kinds).toEqual(['seal.forged', 'seal.forged']);
  expect((await verify({ seals: replaced(seals, 0, whole.seals[0] as Seal) }, trust(2))).found).toEqual([]);
});

const changes: Readonly<
  Record<'backupId' | 'origin' | 'state' | 'requestedAt' | 'deletedAt', readonly (string | null)[]>
> = {
  backupId: ['another'],
  origin: ['requested', 'discovered'],
  state: ['COMPLETED', 'FAILED', 'INCOMPATIBLE', 'IN_PROGRESS', 'INCOMPLETE'],
  requestedAt: ['2026-03-01T12:00:11.000002Z'],
  deletedAt: ['2026-03-01T12:00:11.000001Z', null],
};
const backupChanges = backups.flatMap((backup, at) =>
  Object.entries(changes).flatMap(([column, values]) =>
    values
      .filter((value) => value !== backup[column as keyof ExportedBackup])
      // its snapshots say when a found set was made, and a request may come from a schedule
      .filter(
        (value) =>
          !(column === 'requestedAt' && at === 2) && !(column === 'origin' && value === 'requested' && at === 1),
      )
      .map((value) => [backup.backupId, column, value, at] as const),
  ),
);

it.each(backupChanges)('finds %s with another %s: %s', async (_, column, value, at) => {
  const changed = { ...backups[at], [column]: value } as ExportedBackup;
  expect((await verify({ backups: replaced(backups, at, changed) })).kinds).toEqual(['backup.changed']);
});

it.each([...backups.keys()])('finds that backup %# is gone, and one that was made up', async (at) => {
  expect((await verify({ backups: replaced(backups, at) })).kinds).toEqual(['backup.removed']);
  const madeUp = { ...(backups[at] as ExportedBackup), key: '77' };
  expect((await verify({ backups: [...backups, madeUp] })).kinds).toEqual(['backup.inserted']);
});

it('takes the milliseconds of an export for the microseconds of the events', async () => {
  const short = backups.map((backup) => ({ ...backup, requestedAt: backup.requestedAt.replace(/\d{3}Z/, 'Z') }));
  expect((await verify({ backups: short })).found).toEqual([]);
});

/** What is found, and how many events and seals were read by then. */
const progress = async (given: Partial<Whole>): Promise<readonly string[]> => {
  const all = { ...whole, ...given };
  const lines: string[] = [];
  const noted = async function* <Item>(items: readonly Item[], nameOf: (item: Item) => string): AsyncIterable<Item> {
    for (const item of items) {
      lines.push(nameOf(item));
      yield item;
    }
  };
  const seals = noted(all.seals, ({ number }) => `seal ${number}`);
  const read = noted(inOrder(all.events), ({ id }) => `event ${id}`);
  await verifyEvents(sha256, seals, read, noTrust, ({ kind, seal }) => lines.push(`${kind} ${seal}`));
  return lines;
};

const below = (id: number) => events.filter((event) => BigInt(event.id) < BigInt(id));

it('reports a loss once, as soon as the events have passed its seal', async () => {
  const lines = await progress({ events: events.filter(({ id }) => id !== '2') });
  expect(lines.filter((line) => line.includes('.'))).toEqual(['event.removed 1']);
  expect(lines.indexOf('event.removed 1')).toBe(lines.indexOf('event 6') + 2);
  expect(lines.at(lines.indexOf('event 6') + 1)).toBe('seal 2');
});

it('reports seals that have lost all their events one by one, without reading all of them first', async () => {
  expect((await progress({ events: below(5) })).slice(-5)).toEqual([
    ...['seal 2', 'event.removed 2', 'seal 3', 'event.removed 3', 'event.removed 1'],
  ]);
  const { found, verified } = await verify({ events: below(6), backups: [] });
  expect(found.slice(0, 2)).toEqual([
    { kind: 'event.removed', where: 'events 6, 8, 10 to 11', seal: 2 },
    { kind: 'event.removed', where: 'events 7, 12 to 14', seal: 3 },
  ]);
  expect(verified).toMatchObject({ seals: 3, events: 4, head: { number: 3 } });
});

it.each([
  ['4', 1],
  ['9', 2],
])('names the first seal that passed over an event that was put in as %s: %i', async (id, seal) => {
  const made = { ...events[0], id } as ExportedEvent;
  const where = `event ${id} of ${made.at}`;
  expect((await verify({ events: [...events, made] })).found).toContainEqual({ kind: 'event.inserted', where, seal });
});

it('reads on after a seal that was emptied', async () => {
  const emptied = { ...(whole.seals[1] as Seal), events: [], count: 0 };
  const seals = replaced(whole.seals, 1, { ...emptied, hash: sealHash(sha256, emptied) });
  const { kinds, verified } = await verify({ seals });
  expect(kinds).toContain('event.inserted');
  expect(verified.seals).toBe(3);
});

it('compares the end with the checkpoint', async () => {
  const checkpoint = new Map(whole.seals.map(({ number, hash }) => [number, hash]));
  expect((await verify({}, { ...noTrust, checkpoint })).found).toEqual([]);
  const { found } = await verify({ seals: whole.seals.slice(0, 1) }, { ...noTrust, checkpoint });
  const where = 'seals 2 to 3 of the checkpoint; the last one now is 1';
  expect(found).toEqual([{ kind: 'seal.truncated', where, seal: 2 }]);
});
