import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupState } from '@tandem/shared/domain/backup/backup.ts';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { prismaFolder } from '../../migrate/migration-folder.ts';
import { type AnswerOf, answer, columns, exists, json, list, lookup, statement, text, when } from './statement.ts';

/** Field and column of each scalar in the schema. */
const mapped = (): readonly (readonly [field: string, column: string])[] => {
  const schema = readFileSync(join(prismaFolder, 'schema.prisma'), 'utf8');
  const fields = [
    ...schema.matchAll(/^ {2}([a-z]\w*) +(?:String|BigInt|Int|Float|Boolean|DateTime|Json|Bytes)\b(.*)$/gm),
  ];
  return fields.map(([, field = '', rest = '']) => [field, /@map\("(\w+)"\)/.exec(rest)?.[1] ?? field]);
};

describe('columns', () => {
  it('have the names of the schema', () => {
    const b = columns<'Backup'>('b') as unknown as Readonly<Record<string, string>>;
    expect(mapped().length).toBeGreaterThan(100);
    for (const [field, column] of mapped()) expect(b[field]).toBe(`b.${column}`);
  });
});

describe('a statement', () => {
  const b = columns<'Backup'>('b');
  const p = columns<'Part'>('p');
  const found = statement`
SELECT ${answer(
    json({
      key: text(b.key),
      state: b.state,
      endedAt: b.finishedAt,
      isHeld: exists('FROM held'),
      uuid: when('p.uuid IS NOT NULL', p.uuid),
      parts: lookup(list(json({ bytes: p.bytes }), 'p.number'), 'FROM part p'),
    }),
  )} FROM backup b LIMIT ${1}`;

  it('is what its parts say', () => {
    expect(found).toBe(`
SELECT jsonb_build_object('key', b.key::text, 'state', b.state, 'endedAt', b.finished_at, 'isHeld', EXISTS (SELECT FROM held), \
'uuid', CASE WHEN p.uuid IS NOT NULL THEN p.uuid END, \
'parts', (SELECT coalesce(jsonb_agg(jsonb_build_object('bytes', p.bytes) ORDER BY p.number), '[]') FROM part p)) AS answer FROM backup b LIMIT 1`);
  });

  it('answers what the schema says, in JSON', () => {
    expectTypeOf<AnswerOf<typeof found>>().toEqualTypeOf<{
      readonly key: string;
      readonly state: BackupState;
      readonly endedAt: string | null;
      readonly isHeld: boolean;
      readonly uuid: string | null;
      readonly parts: readonly { readonly bytes: number | null }[] | null;
    }>();
  });
});
