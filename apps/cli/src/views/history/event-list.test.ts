import { SEARCHED_KINDS } from '@tandem/shared/domain/history/stored-names.ts';
import { expect, it } from 'vitest';
import type { Schemas } from '../../connect/schemas.ts';
import { PLAIN } from '../../output/style.ts';
import { eventList } from './event-list.ts';

it.each(SEARCHED_KINDS)('fits 80 columns with %s of a long backup by a long name', (kind) => {
  const event = {
    ...{ at: '2026-11-22T01:00:00.000Z', kind, backupId: 'n'.repeat(60) },
    ...{ actor: { kind: 'api-key', id: 'tdm_4f9a2c7b', name: 'x'.repeat(60) }, reason: 'because of all that' },
  };
  const screen = { style: PLAIN, now: new Date('2026-11-22T12:00:00Z'), width: 80 };
  const lines = eventList([event as unknown as Schemas['Event']], undefined, screen).split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
});
