import { readFileSync } from 'node:fs';
import type { FailureDefinition } from '@tandem/shared/domain/failure/failure-definition.ts';
import { definitionOf, type FailureCode, failureGroups } from '@tandem/shared/domain/failure/failures.ts';
import { expect, it } from 'vitest';

const classWords = ({ failureClass }: FailureDefinition): string => {
  if (failureClass === null) return '–';
  if (typeof failureClass === 'string') return failureClass;
  return `${failureClass.startSnapshot} when a snapshot is started, else ${failureClass.other}`;
};

const row = (code: FailureCode): string => {
  const definition = definitionOf(code);
  const { http, title, remedy } = definition;
  return `| \`${code}\` | ${http?.status ?? '–'} | ${classWords(definition)} | ${title} | ${remedy} |`;
};

const tableOf = (group: keyof typeof failureGroups): string =>
  [
    '| code | status | class | what it means | what to do |',
    '|---|---|---|---|---|',
    ...(Object.keys(failureGroups[group]) as FailureCode[]).map(row),
  ].join('\n');

const docs = readFileSync(new URL('../docs/failures.md', import.meta.url), 'utf8');

it.each(Object.keys(failureGroups) as (keyof typeof failureGroups)[])(
  'docs/failures.md has the table of failure codes: %s',
  (group) => {
    expect(docs).toContain(`\n\n${tableOf(group)}\n`);
  },
);
