import { readFileSync, writeFileSync } from 'node:fs';
import { type StackEngine, stackEngineKinds, stackEngines } from '@tandem/local-stack/engine/engine-kinds.ts';
import { findJdks, javaWords, missingJdk } from '@tandem/local-stack/engine/java.ts';
import { CHECKS } from '../../e2e/src/engines/checks.ts';
import { generatedPart, withGeneratedPart } from './engines-page.ts';
import { engineReports, type TestReport } from './engines-report.ts';

// npm run test:engines -- --write: with --check, before the run, whether all engines can start here; after it, writes docs/engines.md

const page = new URL('../../docs/engines.md', import.meta.url);
const report = new URL('../../.tandem/engines-report.json', import.meta.url);

/** Why not every engine can run here, a line for each that cannot. */
const obstacles = async (): Promise<readonly string[]> => {
  const jdks = await findJdks();
  return stackEngineKinds.map((kind) => missingJdk(jdks, kind)).filter((why) => why !== undefined);
};

const check = async (): Promise<void> => {
  const found = await obstacles();
  if (found.length === 0) return;
  throw new Error(
    [`--write needs all ${stackEngineKinds.length} engines, and some cannot start here:`, ...found].join('\n  '),
  );
};

const write = (): void => {
  const read = JSON.parse(readFileSync(report, 'utf8')) as TestReport;
  const reports = engineReports(read, stackEngineKinds, Object.keys(CHECKS));
  const part = generatedPart(reports, CHECKS, (kind) => javaWords(stackEngines[kind as StackEngine].java));
  writeFileSync(page, withGeneratedPart(readFileSync(page, 'utf8'), part));
  console.log('tandem: docs/engines.md is written');
};

try {
  await (process.argv.includes('--check') ? check() : write());
} catch (error) {
  console.error(`tandem: ${(error as Error).message}`);
  process.exitCode = 1;
}
