import { parentPort } from 'node:worker_threads';
import { mutations } from '../mutations/mutations.ts';
import { simulate } from '../simulate.ts';
import type { SeedReport, SeedTask } from './run-seeds.ts';
import type { Verdict } from './verdict.ts';

// thousands of failures a second are made on purpose; nobody reads their stacks
Error.stackTraceLimit = 0;

const run = async ({ from, seeds, mutation, stopAtFirst }: SeedTask): Promise<SeedReport> => {
  const broken: Verdict[] = [];
  let ran = 0;
  for (let seed = from; seed < from + seeds; seed += 1) {
    const verdict = await simulate(seed, mutation === undefined ? {} : { mutation: mutations[mutation] }).catch(
      (error) => {
        throw new Error(`seed ${seed} cannot be simulated`, { cause: error });
      },
    );
    ran += 1;
    if (verdict.violation !== undefined) broken.push(verdict);
    if (stopAtFirst && broken.length > 0) break;
  }
  return { ran, broken };
};

/** The thread's `error` event: the simulation itself is at fault. */
const failLoudly = (error: unknown): void => {
  setImmediate(() => {
    throw error;
  });
};

parentPort?.on('message', (task: SeedTask) => {
  run(task).then((report) => parentPort?.postMessage(report), failLoudly);
});
