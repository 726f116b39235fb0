import { commands } from '@tandem/cli/commands/index.ts';
import { EXIT_CODES } from '@tandem/cli/exit-codes.ts';
import { settingsTable } from '@tandem/runtime/settings/settings-table.ts';
import type { FailureDefinition } from '@tandem/shared/domain/failure/failure-definition.ts';
import { definitionOf, type FailureCode, failureGroups } from '@tandem/shared/domain/failure/failures.ts';

/** The generated tables of each file in docs/, in the order in which they are there. */
export const generatedTables = (): Readonly<Record<string, readonly string[]>> => ({
  'docs/settings.md': [settingsTable()],
  'docs/failures.md': Object.values(failureGroups).map((codes) => failureTable(Object.keys(codes) as FailureCode[])),
  'docs/cli.md': [commandTable(), exitCodeTable()],
});

const commandTable = (): string => {
  const leaves = commands.flatMap((entry) =>
    'run' in entry ? [entry] : entry.commands.map((command) => ({ ...command, name: `${entry.name} ${command.name}` })),
  );
  const rows = leaves.map(({ name, arguments: args, description }) => {
    const words = [name, ...Object.values(args).map(({ syntax }) => syntax)].join(' ');
    return `| \`${words}\` | ${description} |`;
  });
  return ['| `tandem …` | what it does |', '|---|---|', ...rows].join('\n');
};

const exitCodeTable = (): string =>
  ['| code | when |', '|---|---|', ...Object.values(EXIT_CODES).map(({ code, when }) => `| ${code} | ${when} |`)].join(
    '\n',
  );

const failureTable = (codes: readonly FailureCode[]): string =>
  ['| code | status | class | what it means | what to do |', '|---|---|---|---|---|', ...codes.map(failureRow)].join(
    '\n',
  );

const failureRow = (code: FailureCode): string => {
  const definition = definitionOf(code);
  const { http, title, remedy } = definition;
  return `| \`${code}\` | ${http?.status ?? '–'} | ${classWords(definition)} | ${title} | ${remedy} |`;
};

const classWords = ({ failureClass }: FailureDefinition): string => {
  if (failureClass === null) return '–';
  if (typeof failureClass === 'string') return failureClass;
  return `${failureClass.startSnapshot} when a snapshot is started, else ${failureClass.other}`;
};

/** The Markdown with its tables, in order, replaced by these. Throws if there are more or fewer of them: a new table needs its heading. */
export const withTables = (markdown: string, tables: readonly string[]): string => {
  const pieces = markdown.split(/^(?:\|.*\n)+/m);
  if (pieces.length - 1 !== tables.length)
    throw new Error(`${pieces.length - 1} tables found, ${tables.length} expected: add a heading with a line "| |"`);
  return pieces.map((piece, at) => piece + (tables[at] === undefined ? '' : `${tables[at]}\n`)).join('');
};
