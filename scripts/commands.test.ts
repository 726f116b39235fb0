import { expect, it } from 'vitest';
// @ts-expect-error plain JavaScript: it runs before anything is installed
import { commands } from './run/commands.mjs';

type Step = { readonly file?: string; readonly args: readonly string[] };

const words = (steps: readonly Step[]): readonly string[] =>
  steps.map(({ file = '', args }) => [file.split('/').at(-1), ...args].join(' '));

it('tries all engines, or those that are named', () => {
  expect(words(commands.engines([]))).toEqual([expect.stringMatching(/^vitest\.mjs run --project engines --reporter/)]);
  expect(words(commands.engines(['opensearch']))).toEqual([expect.stringMatching(/ opensearch$/)]);
});

it('checks before a run whether it may write docs/engines.md, and writes it after the run', () => {
  const [check, run, write, ...more] = words(commands.engines(['--write']));
  expect([check, write, more]).toEqual(['write-engines.ts --check', 'write-engines.ts', []]);
  expect(run).toContain('--project engines');
  expect(run).not.toContain('--write');
});

it('tries the engines in npm test, and writes nothing there', () => {
  const steps = words(commands.test([]));
  expect(steps.filter((step) => step.includes('--project engines'))).toHaveLength(1);
  expect(steps.filter((step) => step.includes('write'))).toEqual([]);
});
