import { failed, notKnown, ok, warn } from '@tandem/shared/domain/doctor/finding.ts';
import { doctorReport } from '@tandem/shared/domain/doctor/report.ts';
import { expect, it } from 'vitest';
import { doctorTable } from './doctor-table.ts';

const [start, end] = [new Date('2026-03-01T12:00:00.000Z'), new Date('2026-03-01T12:00:02.150Z')];

it('lists the checks, and then what to do about the worst first', () => {
  const findings = [
    ok('settings', 'Every setting is valid.'),
    warn('redis-persistence', 'Redis keeps nothing on disk.', 'Set appendonly yes.'),
    failed('engine', 'The engine is away.', 'Start it.'),
    notKnown('engine-disk', 'The engine cannot be used.', undefined),
    notKnown('engine-shards', 'The engine cannot be used.', undefined),
  ];
  expect(doctorTable(doctorReport(findings, start, end), 78)).toEqual([
    'ok         settings           Every setting is valid.',
    'WARN       redis-persistence  Redis keeps nothing on disk.',
    'FAIL       engine             The engine is away.',
    'not known  2 checks           The engine cannot be used. Not checked:',
    '                              engine-disk, engine-shards.',
    '',
    'What to do:',
    '  1.  FAIL  engine: Start it.',
    '  2.  WARN  redis-persistence: Set appendonly yes.',
    '',
    '1 failure, 1 warning, 2 not known, 1 ok (2026-03-01T12:00:00.000Z, 2.1 s).',
  ]);
});

it('lists nothing to do where nothing is to do', () => {
  const lines = doctorTable(doctorReport([ok('settings', 'Every setting is valid.')], start, end), 80);
  expect(lines).toEqual([
    'ok         settings  Every setting is valid.',
    '',
    '0 failures, 0 warnings, 0 not known, 1 ok (2026-03-01T12:00:00.000Z, 2.1 s).',
  ]);
});
