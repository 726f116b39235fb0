import { shellQuoted } from '../../output/as-options.ts';
import { planOptions } from './restore-options.ts';
import type { PlanBody } from './restore-request.ts';

/** The options that plan the same again, for a command line that is copied. */
export const optionLine = (planned: PlanBody): readonly string[] => [
  ...targetWords(planned.target),
  ...Object.entries(planOptions).flatMap(([field, { flags }]) => {
    const [name = ''] = flags.split(' ');
    return words(name, (planned as Readonly<Record<string, unknown>>)[field]);
  }),
];

const targetWords = (target: PlanBody['target']): readonly string[] => {
  if (target === undefined) return [];
  const { renamePattern, renameReplacement } = target;
  const [, prefix] = /^([^$\\]+)\$1$/.exec(renameReplacement) ?? [];
  if (renamePattern === '^(.+)$' && prefix !== undefined) return ['--prefix', shellQuoted(prefix)];
  return ['--rename-pattern', shellQuoted(renamePattern), '--rename-replacement', shellQuoted(renameReplacement)];
};

const words = (name: string, value: unknown): readonly string[] => {
  if (value === undefined || value === false) return [];
  if (value === true) return [name];
  const text = Array.isArray(value) ? value.join(',') : String(value);
  return text === '' ? [] : [name, shellQuoted(text)];
};
