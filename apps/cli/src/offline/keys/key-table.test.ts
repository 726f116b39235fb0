import type { ApiKeyRecord } from '@tandem/history/ports/api-keys.ts';
import { expect, it } from 'vitest';
import { keyTable } from './key-table.ts';

const key = (given: Partial<ApiKeyRecord>): ApiKeyRecord => ({
  ...{ id: 'tdm_4f9a2c7b', name: 'ci', role: 'operator', state: 'live' },
  ...{ createdAt: new Date(0), createdBy: { kind: 'system', name: 'anna@laptop' } },
  ...{ expiresAt: undefined, replacedBy: undefined, revokedAt: undefined, lastUsedAt: undefined },
  ...given,
});

it('has a line for each key, in columns that fit 80 characters', () => {
  const table = keyTable([
    key({ lastUsedAt: new Date('2026-11-30T01:00:02Z') }),
    key({ id: 'tdm_8c1d5e0f', name: 'anna@laptop', role: 'admin', expiresAt: new Date('2027-02-20T09:00:00Z') }),
    key({ id: 'tdm_1b7e9d3a', name: 'old', replacedBy: 'tdm_8c1d5e0f' }),
  ]);
  expect(table).toBe(
    [
      'ID            NAME         ROLE      STATE     EXPIRES           LAST USED',
      'tdm_4f9a2c7b  ci           operator  live      never             2026-11-30 01:00',
      'tdm_8c1d5e0f  anna@laptop  admin     live      2027-02-20 09:00  never',
      'tdm_1b7e9d3a  old          operator  replaced  never             never',
    ].join('\n'),
  );
});
