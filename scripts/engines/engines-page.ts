import type { EngineReport } from './engines-report.ts';

const BEGIN = '<!-- begin: written by npm run test:engines -- --write -->';
const END = '<!-- end: written by npm run test:engines -- --write -->';

const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), `|${'---|'.repeat(head.length)}`, ...rows.map(row)].join('\n');

const LABELS: Readonly<Record<string, string>> = { elasticsearch: 'Elasticsearch', opensearch: 'OpenSearch' };
export const labelOf = ({ kind, version }: Pick<EngineReport, 'kind' | 'version'>): string =>
  `${LABELS[kind.split('@')[0] ?? ''] ?? kind} ${version}`;

const portResult = ({ port: { passed, skipped } }: EngineReport): string =>
  `${passed} tests passed${skipped === 0 ? '' : `, ${skipped} not possible on that machine`}`;

/** The answers that are not the same everywhere. */
const differing = (reports: readonly EngineReport[]): readonly string[] =>
  Object.keys(reports[0]?.answers ?? {}).filter(
    (name) => new Set(reports.map(({ answers }) => answers[name])).size > 1,
  );

/** What a run of all engines found, as Markdown. `titles` are the checks of a round by name, `java` the versions that each engine runs on. */
export const generatedPart = (
  reports: readonly EngineReport[],
  titles: Readonly<Record<string, string>>,
  java: (kind: string) => string,
): string => {
  const labels = reports.map(labelOf);
  return [
    '## What was tried',
    '',
    table(
      ['engine', 'to start it', 'Java', 'tried on Java', 'client'],
      reports.map((report) => [
        ...[labelOf(report), `\`ENGINE=${report.kind} npm start\``, java(report.kind)],
        ...[report.java, `\`${report.client.replace(/ (?=[^ ]*$)/, '` ')}`],
      ]),
    ),
    '',
    '## Results',
    '',
    table(
      ['check', ...labels],
      [
        ["the suite of the engine's port", ...reports.map(portResult)],
        ...Object.entries(titles).map(([name, title]) => [title, ...reports.map(({ checks }) => checks[name] ?? '–')]),
      ],
    ),
    '',
    '## What differs',
    '',
    'Tandem hides these differences. They matter to scripts that talk to the engine directly.',
    '',
    table(
      ['request', ...labels],
      differing(reports).map((name) => [name, ...reports.map(({ answers }) => answers[name] ?? '–')]),
    ),
  ].join('\n');
};

/** The page with its generated part replaced; what is outside the two markers stays. Throws where a marker is missing. */
export const withGeneratedPart = (page: string, part: string): string => {
  const [before, rest] = page.split(`${BEGIN}\n`);
  const after = rest?.split(`${END}\n`)[1];
  if (before === undefined || after === undefined)
    throw new Error(`docs/engines.md needs the lines "${BEGIN}" and "${END}"`);
  return `${before}${BEGIN}\n\n${part}\n\n${END}\n${after}`;
};

/** The part between the markers. */
export const generatedPartOf = (page: string): string =>
  page.split(`${BEGIN}\n`)[1]?.split(`${END}\n`)[0]?.trim() ?? '';
