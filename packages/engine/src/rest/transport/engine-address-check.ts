import type { AddressCheck } from '../../connected-engine.ts';
import type { EngineAddresses } from './engine-addresses.ts';

/** `addresses` undefined: there is only one, which is used unchecked. */
export const checkAddresses = async (
  addresses: Pick<EngineAddresses<never>, 'compareAll' | 'refusals'> | undefined,
): Promise<AddressCheck> => {
  if (addresses === undefined) return { warnings: [], refusal: undefined };
  const choice = await addresses.compareAll();
  const refusals = addresses.refusals();
  const listed = refusals.map(({ url, reason }) => `${url} ${reason}`).join('; ');
  const isSplit = choice.chosen === undefined && choice.why === 'disagree' && !choice.isRecorded;
  return {
    warnings: refusals.map(
      ({ url, reason }) =>
        `The engine's address ${url} is not used: ${reason}. Correct it, or take it out of the list.`,
    ),
    refusal: isSplit
      ? `The engine's addresses lead to several clusters, and none is recorded: ${listed}. List the addresses of one cluster.`
      : undefined,
  };
};
