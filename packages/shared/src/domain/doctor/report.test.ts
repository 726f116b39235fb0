import { describe, expect, it } from 'vitest';
import { DOCTOR_CHECKS, failed, notKnown, ok, warn } from './finding.ts';
import { doctorExitCode, doctorReport } from './report.ts';
import { isAbandonedScratch, scratchName } from './scratch.ts';

const [start, end] = [new Date('2026-03-01T12:00:00Z'), new Date('2026-03-01T12:00:02Z')];
const good = ok('engine', 'Works.');
const bad = failed('redis', 'Away.', 'Start it.');
const odd = warn('worker', 'Away.', 'Start it.');
const dark = notKnown('engine-disk', 'Not reported.', undefined);

describe('the report of the doctor', () => {
  it.each([
    [[good, dark], 'ok', 0, 0],
    [[good, odd], 'warn', 0, 1],
    [[good, odd, bad], 'fail', 1, 1],
  ] as const)('of %j', (findings, verdict, lenient, strict) => {
    const report = doctorReport(findings, start, end);
    expect(report.verdict).toBe(verdict);
    expect([doctorExitCode(report, false), doctorExitCode(report, true)]).toEqual([lenient, strict]);
  });

  it('has its findings in the order of the checks, and their counts', () => {
    const { findings, counts } = doctorReport([odd, good, dark, bad], start, end);
    expect(findings.map(({ check }) => check)).toEqual(['redis', 'engine', 'engine-disk', 'worker']);
    expect(counts).toEqual({ ok: 1, notKnown: 1, warn: 1, fail: 1 });
    expect(DOCTOR_CHECKS.length).toBeGreaterThan(25);
  });
});

describe('a scratch name', () => {
  const now = new Date('2026-03-01T12:00:00Z');
  const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
  it.each(['optimize', 'tandem', 'tandem-doctor', 'doctor', 'doctor-of'])('is no index of prefix %s', (prefix) => {
    expect(scratchName(prefix, now, '0198c0de-7000-7000-8000-00000000abcd').startsWith(`${prefix}-`)).toBe(false);
  });
  it('counts as abandoned once no run can still use it', () => {
    const name = scratchName('optimize', now, '0198c0de-7000-7000-8000-00000000abcd');
    expect(name).toBe('tandem-doctor-1772366400000-0000abcd');
    expect(isAbandonedScratch(name, later(5))).toBe(false);
    expect(isAbandonedScratch(name, later(11))).toBe(true);
    expect(isAbandonedScratch('tandem-doctor-notes', later(11))).toBe(false);
    expect(isAbandonedScratch(`${name}-copy`, later(11))).toBe(false);
    expect(isAbandonedScratch(`my-${name}`, later(11))).toBe(false);
  });
});
