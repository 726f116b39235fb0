import { previewRelease, runRelease } from '@tandem/api/operations/bulk-release.ts';
import { cancel, release } from '@tandem/api/operations/operate.ts';
import type { ApiReplica } from '../processes/api-replica.ts';
import { sendWorkersAway } from '../processes/worker.ts';
import { isCreate, momentOf, type Watched } from '../watch/watched.ts';
import type { World } from './world.ts';

/** Once in a run all workers are away for longer than an operation may wait for one. */
export const newAbsence = (world: World): ((operation: Watched) => void) => {
  const { absence } = world.scenario;
  let isOver = absence === undefined;
  return (operation) => {
    if (isOver || absence === undefined || world.calm) return;
    const moment = isCreate(operation) ? momentOf(operation) : 'deleting';
    if (absence.when !== 'any' && absence.when !== moment) return;
    isOver = true;
    world.scheduler.after(world.random.between(0, 60), () => sendWorkersAway(world, absence.forMs));
  };
};

/** Redis brings a job of it that was queued before. */
export const bringAgain = (world: World, { operationId }: Watched): void => {
  const { random, jobs, workers, scheduler } = world;
  const job = jobs.find((one) => one.operationId === operationId);
  const worker = random.pick(workers.filter(({ process }) => !process.isDead() && !process.isFrozen()));
  if (job !== undefined && worker !== undefined && random.chance(0.5))
    scheduler.after(random.between(0, 2_000), () => worker.deliver(job));
};

const DECISIONS = ['release', 'releaseMany', 'releaseMany', 'cancel', 'cancelAndDelete'] as const;
export type Decision = (typeof DECISIONS)[number];

/** What an operator does about a suspended operation; undefined: nothing, ever. */
export const drawDecision = ({ random, scenario }: World): Decision | undefined =>
  random.chance(scenario.decides) ? random.pick(DECISIONS) : undefined;

type Request = (replica: ApiReplica) => Promise<unknown>;

const commandOf = ({ actor, requestId }: ApiReplica['context']) => ({ actor, reason: 'it is still wanted', requestId });

export const decide = (world: World, decision: Decision, operation: Watched): Request => {
  const { operationId } = operation;
  if (decision === 'releaseMany') return (replica) => releaseMany(world, replica);
  if (decision !== 'release')
    return (replica) => cancel(replica, operationId, commandOf(replica.context), decision === 'cancelAndDelete');
  world.watch.releasable.add(operationId);
  return (replica) => release(replica, operationId, commandOf(replica.context));
};

/** As it is previewed, with deletions only where they are named. */
const releaseMany = async (world: World, replica: ApiReplica): Promise<unknown> => {
  const { random, watch } = world;
  const isNamed = random.chance(0.5);
  const request = { filter: isNamed ? { kind: ['create' as const, 'delete' as const] } : {}, reason: 'still wanted' };
  const { operations, token } = await previewRelease(replica, request);
  if (!isNamed && operations.some(({ kind }) => kind !== 'create'))
    watch.broken('suspended', 'a bulk release takes deletions that nobody named');
  for (const { operationId } of operations) watch.releasable.add(operationId);
  return runRelease(replica, request, token, replica.context);
};
