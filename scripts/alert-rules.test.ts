import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

type Rule = { readonly alert: string; readonly expr: string; readonly annotations: { readonly summary: string } };

const page = readFileSync(new URL('../docs/operations.md', import.meta.url), 'utf8');
const [tables = '', rules = ''] = page.split('## Alert rules');
const { groups } = parse(/```yaml\n(.*?)```/s.exec(rules)?.[1] ?? '') as { groups: { rules: Rule[] }[] };
// the tests of the API and of the worker compare these with what they expose
const labelsOf = new Map(
  [...tables.matchAll(/^\| `(tandem_\w+)` \| (.*?) \|/gm)].map(([, name, labels]) => [
    String(name),
    [...(labels ?? '').matchAll(/\w+/g)].map(String),
  ]),
);

const all = groups.flatMap((group) => group.rules);
// Prometheus itself has it, for each process that it scrapes
const isScraped = ({ expr }: Rule): boolean => /\bup\{/.test(expr);

it.each(all.filter((rule) => !isScraped(rule)))(
  '$alert refers to a metric that exists, by labels that it has',
  ({ expr, annotations }) => {
    const [name, ...others] = expr.match(/tandem_\w+/g) ?? [];
    expect(others).toEqual([]);
    expect([...labelsOf.keys()]).toContain(name);
    const labels = labelsOf.get(String(name)) ?? [];
    const grouped = /by \(([^)]*)\)/.exec(expr)?.[1]?.split(', ') ?? [];
    const matched = [...expr.matchAll(/(\w+)(?:=|!=)"/g)].map(([, label]) => label);
    expect(labels).toEqual(expect.arrayContaining([...grouped, ...matched]));
    const shown = [...annotations.summary.matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label);
    expect(grouped).toEqual(expect.arrayContaining(shown));
  },
);

it('alerts on what operators must not miss', () => {
  const expressions = all.map(({ expr }) => expr).join(' ');
  for (const name of [
    ...['tandem_last_completed_backup_age_seconds', 'tandem_last_full_proof_age_seconds'],
    ...['tandem_operations_ended_total', 'tandem_attempts_total', 'tandem_open_operation_age_seconds'],
    ...['tandem_source_up', 'tandem_history_rolled_back', 'tandem_history_heartbeat_age_seconds'],
    ...['tandem_drifted_parts', 'tandem_unread_repositories', 'tandem_changed_repositories'],
  ]) {
    expect(expressions).toContain(name);
  }
  expect(all.some(isScraped)).toBe(true);
});
