import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { IndexRecovery } from '../../index-port.ts';
import { explanationIn } from '../replies/explanation.ts';
import type { IndexState } from '../replies/index-replies.ts';
import { isUnexplained } from '../replies/recovery.ts';
import type { Send } from '../transport/engine-transport.ts';

const EXPLAIN_FIELDS = [
  'allocate_explanation',
  'node_allocation_decisions.node_name',
  ...['decider', 'decision', 'explanation'].map((field) => `node_allocation_decisions.deciders.${field}`),
].join();

/** Max. shards explained per call; a full cluster has a failure for every shard. */
const MAX_EXPLAINED = 5;

/** Undefined: the shard was assigned meanwhile, or the caller lacks the privilege. */
const explain = async (send: Send, index: string, shard: number): Promise<string | undefined> => {
  const path = ['_cluster', 'allocation', 'explain'];
  const body = { index, shard, primary: true };
  try {
    return explanationIn(await send({ method: 'POST', path, query: { filter_path: EXPLAIN_FIELDS }, body }));
  } catch (error) {
    if (isFailure(error, 'ENGINE_REFUSED', 'ENGINE_FORBIDDEN', 'ENGINE_FAILED')) return undefined;
    throw error;
  }
};

/** The recoveries, with the reasons that the cluster state lacks. */
export const withExplanations = async (
  send: Send,
  states: ReadonlyMap<string, IndexState>,
  all: readonly IndexRecovery[],
): Promise<readonly IndexRecovery[]> => {
  const stuck = all.flatMap(({ name, failures }) => failures.map(({ shard }) => ({ name, shard })));
  const unexplained = stuck.filter(({ name, shard }) =>
    states.get(name)?.primaries.some((primary) => primary.shard === shard && isUnexplained(primary)),
  );
  const words = new Map<string, string | undefined>();
  for (const { name, shard } of unexplained.slice(0, MAX_EXPLAINED)) {
    words.set(`${name} ${shard}`, await explain(send, name, shard));
  }
  const reasonOf = (name: string, shard: number, reason: string) => words.get(`${name} ${shard}`) ?? reason;
  return all.map((index) => ({
    ...index,
    failures: index.failures.map((one) => ({ ...one, reason: reasonOf(index.name, one.shard, one.reason) })),
  }));
};
