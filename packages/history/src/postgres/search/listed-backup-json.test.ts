import { expect, it } from 'vitest';
import { cursorOf } from './listed-backup-json.ts';

it.each([
  ['1795382914274123.5000001', { time: '2026-11-22T21:28:34.274123Z', key: '5000001' }],
  ['1795382914000007.1', { time: '2026-11-22T21:28:34.000007Z', key: '1' }],
  ['42.7', { time: '1970-01-01T00:00:00.000042Z', key: '7' }],
  ['999999999999999999.1', { time: '33658-09-27T01:46:39.999999Z', key: '1' }],
  ['0.0', { time: '1970-01-01T00:00:00.000000Z', key: '0' }],
])('the cursor %s is %j', (cursor, expected) => expect(cursorOf(cursor)).toEqual(expected));
