import { readFileSync } from 'node:fs';
import { stackEngineKinds, stackEngines } from '@tandem/local-stack/engine/engine-kinds.ts';
import { javaWords } from '@tandem/local-stack/engine/java.ts';
import { expect, it } from 'vitest';
import { CHECKS } from '../../e2e/src/engines/checks.ts';
import { generatedPartOf, labelOf } from './engines-page.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const AGAIN = 'docs/engines.md is out of date: run `npm run test:engines -- --write`';

/** The tables of the generated part, as rows of cells, without their heads' rulers. */
const [tried = [], results = []] = generatedPartOf(read('docs/engines.md'))
  .split('\n\n')
  .filter((block) => block.startsWith('|'))
  .map((block) =>
    block
      .split('\n')
      .filter((line) => !line.startsWith('|---'))
      .map((line) => line.slice(2, -2).split(' | ')),
  );

it('names the engines that are started here, with their versions and Java', () => {
  expect(
    tried.slice(1).map(([label, start, java]) => [label, start, java]),
    AGAIN,
  ).toEqual(
    stackEngineKinds.map((kind) => [
      labelOf({ kind, version: stackEngines[kind].version }),
      `\`ENGINE=${kind} npm start\``,
      javaWords(stackEngines[kind].java),
    ]),
  );
});

it('names the clients that packages/engine has', () => {
  const { dependencies } = JSON.parse(read('packages/engine/package.json')) as { dependencies: Record<string, string> };
  for (const [, , , , client = ''] of tried.slice(1)) {
    const [, name = '', version] = /^`(.+)` (.+)$/.exec(client) ?? [];
    expect({ name, version }, AGAIN).toEqual({ name, version: dependencies[name] });
  }
});

it('has a result of every check on every engine', () => {
  expect(
    results.map(([check]) => check),
    AGAIN,
  ).toEqual(['check', "the suite of the engine's port", ...Object.values(CHECKS)]);
  for (const cells of results) {
    expect(cells, AGAIN).toHaveLength(stackEngineKinds.length + 1);
    expect(cells.slice(1), AGAIN).not.toContain('–');
  }
});
