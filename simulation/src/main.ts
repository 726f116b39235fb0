import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { type MutationName, mutations } from './mutations/mutations.ts';
import { runSeeds } from './run/run-seeds.ts';
import type { Verdict } from './run/verdict.ts';
import { simulate } from './simulate.ts';

const USAGE = `npm run simulate                            20000 seeds
npm run simulate -- --seeds N [--from M]    N seeds, from M on
npm run simulate -- --seed N                one seed alone, every step of it
                    --mutation NAME         with a deliberate defect: ${Object.keys(mutations).join(', ')}
                    --mutations             every defect, until each is found`;

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string', default: '20000' },
    from: { type: 'string', default: '1' },
    mutation: { type: 'string' },
    mutations: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const threads = Math.min(8, availableParallelism());

const integer = (text: string): number => {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new Error(`${text} is not a whole number.\n${USAGE}`);
  return number;
};

const isMutation = (name: string): name is MutationName => Object.hasOwn(mutations, name);

const mutationNamed = (name: string | undefined): MutationName | undefined => {
  if (name === undefined || isMutation(name)) return name;
  throw new Error(`There is no mutation ${name}.\n${USAGE}`);
};

const tellBroken = ({ seed, violation }: Verdict, mutation: MutationName | undefined): void => {
  say(`seed ${seed} broke "${violation?.property}": ${violation?.message}`);
  say(`  npm run simulate -- --seed ${seed}${mutation === undefined ? '' : ` --mutation ${mutation}`}`);
};

/** True: it held. */
const replay = async (seed: number, mutation: MutationName | undefined): Promise<boolean> => {
  const verdict = await simulate(seed, { trace: say, ...(mutation && { mutation: mutations[mutation] }) });
  const { steps, virtualMs, completed, failed, cancelled, deleted, violation } = verdict;
  const ends = `${completed} COMPLETED, ${failed} FAILED, ${cancelled} CANCELLED, ${deleted} deletions`;
  say(`${steps} steps, ${(virtualMs / 1000).toFixed(1)} s of virtual time, ${ends}`);
  if (violation !== undefined) tellBroken(verdict, mutation);
  say(`${violation === undefined ? 1 : 0} of 1 seeds held`);
  return violation === undefined;
};

const runMany = async (from: number, seeds: number, mutation: MutationName | undefined): Promise<boolean> => {
  const startedAt = performance.now();
  const { ran, broken } = await runSeeds({
    from,
    seeds,
    threads,
    stopAtFirst: mutation !== undefined,
    ...(mutation && { mutation }),
  });
  for (const verdict of broken.slice(0, 20)) tellBroken(verdict, mutation);
  if (mutation !== undefined && broken[0] !== undefined)
    say(`${mutation}: found after ${broken[0].seed - from + 1} seeds`);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  say(`${ran - broken.length} of ${ran} seeds held (${seconds} s)`);
  return broken.length === 0;
};

const findAll = async (from: number, seeds: number): Promise<boolean> => {
  let missed = 0;
  for (const name of Object.keys(mutations).filter(isMutation)) {
    const { broken } = await runSeeds({ from, seeds, threads, stopAtFirst: true, mutation: name });
    const [first] = broken;
    if (first === undefined) missed += 1;
    say(
      `| ${name} | ${mutations[name].about} | ${first === undefined ? `not within ${seeds}` : first.seed - from + 1} | ${first?.violation?.property ?? ''} | ${first?.violation?.message ?? ''} |`,
    );
  }
  return missed === 0;
};

const main = async (): Promise<boolean> => {
  const mutation = mutationNamed(values.mutation);
  if (values.help) say(USAGE);
  if (values.help) return true;
  if (values.seed !== undefined) return replay(integer(values.seed), mutation);
  const [from, seeds] = [integer(values.from), integer(values.seeds)];
  return values.mutations ? findAll(from, seeds) : runMany(from, seeds, mutation);
};

process.exitCode = (await main()) ? 0 : 1;
