import { type Failure, fail } from '@tandem/shared/domain/failure/failure.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { EngineCall } from '../failures/failure.ts';
import type { EngineAddresses } from './engine-addresses.ts';

type Elsewhere = NonNullable<ReturnType<EngineAddresses<never>['elsewhere']>>;

/** No address may be used: they lead elsewhere. */
export const clusterChanged = (call: EngineCall, reason: string, { expected, found }: Elsewhere): Failure => {
  const what =
    expected === undefined ? 'several clusters, and none is recorded' : `another cluster than the recorded ${expected}`;
  const remedy = `List addresses of ${expected === undefined ? 'one cluster' : 'that cluster'} that answer.`;
  const data = { call, reason, found: found.join(', '), ...omitUndefined({ expected }) };
  return fail('CLUSTER_CHANGED', `The engine's addresses lead to ${what}: ${reason}. ${remedy}`, data);
};
