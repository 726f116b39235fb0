import { createHash } from 'node:crypto';
import { backups, events, sealed } from '@tandem/shared/domain/history/verify/sealed-history.fixture.ts';
import type { Tampering } from '@tandem/shared/domain/history/verify/tampering.ts';
import { expect, it } from 'vitest';
import type { Lines } from './read-lines.ts';
import { sha256, verifyExports } from './verify-exports.ts';

async function* each(texts: readonly string[]): AsyncIterable<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}

const linesOf = (name: string, rows: readonly unknown[]): Lines => ({
  name,
  lines: each(rows.map((row) => `${JSON.stringify(row)}\n`)),
});

const exported = (name: string, rows: readonly unknown[]): Lines => {
  const texts = rows.map((row) => `${JSON.stringify(row)}\n`);
  const digest = createHash('sha256').update(texts.join('')).digest('hex');
  return { name, lines: each([...texts, `${JSON.stringify({ end: { count: rows.length, sha256: digest } })}\n`]) };
};

const noTrust = { checkpoint: new Map<number, string>(), signatures: undefined };

const verify = async (rows: readonly unknown[], changed?: readonly string[]) => {
  const found: Tampering[] = [];
  const exports = {
    ...{
      events: exported('events', events),
      seals: linesOf('seals', sealed(sha256, events)),
      backups: exported('backups', rows),
    },
    ...(changed === undefined ? {} : { changedSince: async () => new Set(changed) }),
  };
  const verified = await verifyExports(exports, noTrust, (one) => found.push(one));
  return { verified, found: found.map(({ kind, where }) => `${kind} ${where.slice(0, 16)}`) };
};

const [first, ...others] = backups;
const later = { ...first, state: 'INCOMPLETE', deletedAt: '2026-03-01T12:10:00.000000Z' };
const young = { ...first, key: '9', backupId: 'backup-9' };

it('finds an untouched history intact', async () => {
  const { verified, found } = await verify(backups);
  expect({ backups: verified.backups, notKnown: verified.notKnownComplete, found }).toEqual({
    ...{ backups: 3, notKnown: [], found: [] },
  });
});

it('finds backups that disagree with their events, or have none', async () => {
  const { found } = await verify([later, ...others, young]);
  expect(found).toEqual([
    'backup.changed backup backup-1 ',
    'backup.changed backup backup-1 ',
    'backup.inserted backup backup-9 ',
  ]);
});

it('does not compare backups that changed after the events were exported, and no others', async () => {
  expect((await verify([later, ...others, young], ['1', '9'])).found).toEqual([]);
  expect((await verify([later, ...others, young], ['9'])).found).toHaveLength(2);
  expect((await verify(others, ['9'])).found).toEqual(['backup.removed backup backup-1 ']);
});
