import { parseArgs } from 'node:util';
import { endAllWatched } from '@tandem/local-stack/process/guard.ts';
import { listenForStop } from '@tandem/local-stack/start/stop-request.ts';
import { benchmarks } from './benchmarks/index.ts';
import { machineText } from './report/machine.ts';
import { reportText } from './report/report.ts';
import { writeSection } from './report/results-file.ts';
import { removeLeftData } from './stack/bench-stack.ts';

const usage = () => {
  const lines = Object.entries(benchmarks).map(([name, { about }]) => `  ${name.padEnd(8)} ${about}`);
  return [
    'npm run bench -- NAME [--small] [--write] [--backups N] [--keep DIR]',
    '',
    ...lines,
    '',
    '  --small  seconds instead of minutes: a smoke test, no measurement',
    '  --write  writes the results to bench/RESULTS.md',
    '  --backups N  history: the number of backups to generate; default 5,000,000',
    '  --keep DIR   history: generates the data in that folder once and reuses it the next time',
  ].join('\n');
};

const main = async (): Promise<number> => {
  const options = {
    small: { type: 'boolean' },
    write: { type: 'boolean' },
    backups: { type: 'string' },
    keep: { type: 'string' },
  } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [name = ''] = positionals;
  const benchmark = Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
  if (benchmark === undefined) {
    console.error(usage());
    return 2;
  }
  const backups = values.backups === undefined ? undefined : Number(values.backups);
  if (backups !== undefined && !(Number.isInteger(backups) && backups >= 1_000)) {
    console.error(`--backups must be a whole number from 1000, found ${JSON.stringify(values.backups)}.`);
    return 2;
  }
  const size = values.small ? 'small' : 'full';
  const begun = performance.now();
  const progress = (line: string) =>
    console.log(`${((performance.now() - begun) / 1000).toFixed(1).padStart(6)} s  ${line}`);
  const report = await benchmark.run(size, progress, { backups, keep: values.keep });
  const text = `${machineText(new Date(), report.versions)}\n\n${reportText(report)}`;
  console.log(`\n${text}\n`);
  if (values.write && size === 'full') writeSection(name, text);
  return report.bars.every(({ holds }) => holds) ? 0 : 1;
};

const run = async (): Promise<number> => {
  const stop = listenForStop();
  try {
    const outcome = await Promise.race([main(), stop.requested]);
    if (typeof outcome === 'string') throw new Error(`interrupted (${outcome})`);
    return outcome;
  } catch (error) {
    console.error(error);
    return 1;
  } finally {
    await endAllWatched();
    removeLeftData();
  }
};

run().then((code) => process.exit(code));
