import { type Failure, isFailure } from '../failure/failure.ts';

/** What a verification of a repository found out. */
export type VerificationResult = {
  /** Whether every node can use it. Null: that could not be determined. */
  readonly verified: boolean | null;
  /** The nodes that can use it, by name. Empty where not every node can: engines name only those that cannot. */
  readonly nodes: readonly string[];
  /** The nodes that cannot use it or did not reply, by name. */
  readonly failedNodes: readonly string[];
  /** Why it is not verified; undefined: it is. */
  readonly reason: string | undefined;
};

/** The result of a verification in which every node could use the repository. */
export const verifiedBy = (nodes: readonly { readonly name: string }[]): VerificationResult => ({
  ...{ verified: true, nodes: nodes.map(({ name }) => name), failedNodes: [], reason: undefined },
});

const nodesIn = ({ data: { nodes } }: Failure): readonly string[] =>
  Array.isArray(nodes) ? nodes.filter((node): node is string => typeof node === 'string') : [];

/**
 * What a failed verification says of the repository. Undefined: nothing, such as that the engine is away. Null in `verified`: the call is not
 * allowed or not offered, or nodes did not reply.
 */
export const failedVerification = (error: unknown): VerificationResult | undefined => {
  if (!isFailure(error)) return undefined;
  const failedNodes = nodesIn(error);
  const found = { nodes: [], failedNodes, reason: error.message };
  if (error.code === 'REPOSITORY_UNAVAILABLE') return { verified: false, ...found };
  const isUnknown = error.code === 'ENGINE_FORBIDDEN' || error.code === 'ENGINE_REFUSED';
  return isUnknown || (error.code === 'ENGINE_TIMEOUT' && failedNodes.length > 0)
    ? { verified: null, ...found }
    : undefined;
};
