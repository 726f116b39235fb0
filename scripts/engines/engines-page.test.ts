import { describe, expect, it } from 'vitest';
import { generatedPart, generatedPartOf, withGeneratedPart } from './engines-page.ts';
import { engineReports, type TestReport } from './engines-report.ts';

const KINDS = ['elasticsearch@9', 'opensearch@3'];
const CHECKS = { backup: 'a backup' };

type File = TestReport['testResults'][number];
const fileOf = (kind: string, changes: Partial<File> = {}): File => ({
  name: `${kind}.engines.test.ts`,
  status: 'passed',
  assertionResults: [
    {
      fullName: 'facts',
      status: 'passed',
      meta: { engine: { kind, version: '3.8.0', java: '25.0.3', client: '@a/b 3.9.0' } },
    },
    { fullName: 'port one', status: 'passed', meta: {} },
    { fullName: 'port two', status: 'skipped' },
    { fullName: 'a backup', status: 'passed', meta: { check: { name: 'backup', seen: 'COMPLETED' } } },
    {
      fullName: 'answers',
      status: 'passed',
      meta: { answers: { '`GET /`': kind === 'opensearch@3' ? '200' : '405', same: '1' } },
    },
  ],
  ...changes,
});
const reports = (...files: readonly File[]) => engineReports({ testResults: files }, KINDS, Object.keys(CHECKS));

describe('a report', () => {
  it('has what was seen of each engine, in the order of the table', () => {
    expect(reports(fileOf('opensearch@3'), fileOf('elasticsearch@9'))).toMatchObject([
      { kind: 'elasticsearch@9', port: { passed: 1, skipped: 1 }, checks: { backup: 'COMPLETED' } },
      { kind: 'opensearch@3', java: '25.0.3', client: '@a/b 3.9.0' },
    ]);
  });

  it('of fewer engines is refused, and names those that are missing', () => {
    const skipped = fileOf('opensearch@3', {
      assertionResults: [{ fullName: 'is tried', status: 'skipped', meta: {} }],
    });
    expect(() => reports(fileOf('elasticsearch@9'), skipped)).toThrow(/run of all 2 engines; missing: opensearch@3$/);
    expect(() => reports(fileOf('elasticsearch@9'))).toThrow(/missing: opensearch@3$/);
  });

  it('with a failed test is refused', () => {
    const { assertionResults } = fileOf('opensearch@3');
    const failed = { assertionResults: [...assertionResults, { fullName: 'a restore', status: 'failed' }] };
    expect(() => reports(fileOf('elasticsearch@9'), fileOf('opensearch@3', failed))).toThrow(
      /tests failed: a restore$/,
    );
  });

  it('without one of the checks is refused', () => {
    const { assertionResults } = fileOf('opensearch@3');
    const partial = { assertionResults: assertionResults.filter(({ fullName }) => fullName !== 'a backup') };
    expect(() => reports(fileOf('elasticsearch@9'), fileOf('opensearch@3', partial))).toThrow(
      /opensearch@3 was not checked for backup/,
    );
  });
});

describe('the page', () => {
  const part = () =>
    generatedPart(reports(fileOf('elasticsearch@9'), fileOf('opensearch@3')), CHECKS, () => '21 or newer');

  it('shows versions, results, and only the answers that differ', () => {
    expect(part()).toContain(
      '| OpenSearch 3.8.0 | `ENGINE=opensearch@3 npm start` | 21 or newer | 25.0.3 | `@a/b` 3.9.0 |',
    );
    expect(part()).toContain('| a backup | COMPLETED | COMPLETED |');
    expect(part()).toContain('| `GET /` | 405 | 200 |');
    expect(part()).not.toContain('| same |');
  });

  it('keeps what is written by hand, and can be written again', () => {
    const page = (content: string) =>
      `# Engines\n\n<!-- begin: written by npm run test:engines -- --write -->\n${content}<!-- end: written by npm run test:engines -- --write -->\n\n## By hand\n`;
    const written = withGeneratedPart(page('old\n'), 'new');
    expect(written).toBe(page('\nnew\n\n'));
    expect(generatedPartOf(written)).toBe('new');
    expect(withGeneratedPart(written, 'new')).toBe(written);
    expect(() => withGeneratedPart('# Engines\n', 'new')).toThrow(/needs the lines/);
  });
});
