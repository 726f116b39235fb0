/** What an address said when it was last compared. `clusterUuid` undefined: it did not answer. */
export type Report = { readonly url: string; readonly clusterUuid: string | undefined };

export type ClusterChoice =
  | { readonly chosen: string }
  /**
   * `unknown`: no address answers. `disagree`: they lead to several clusters. `elsewhere`: they lead to a cluster that is not the recorded
   * one, and not all of them answer.
   */
  | { readonly chosen: undefined; readonly why: 'unknown' | 'disagree' | 'elsewhere' };

/**
 * Chooses the cluster of a list of addresses. The recorded one wins if any address leads to it. Another one replaces it only if
 * every address leads to that one: then the cluster was replaced, and it is not one wrong address while the others are down.
 */
export const chooseCluster = (reports: readonly Report[], recorded: string | undefined): ClusterChoice => {
  const found = new Set(reports.flatMap(({ clusterUuid }) => clusterUuid ?? []));
  const [first, ...others] = found;
  if (first === undefined) return { chosen: undefined, why: 'unknown' };
  if (recorded !== undefined && found.has(recorded)) return { chosen: recorded };
  if (others.length > 0) return { chosen: undefined, why: 'disagree' };
  const all = reports.every(({ clusterUuid }) => clusterUuid !== undefined);
  return recorded === undefined || all ? { chosen: first } : { chosen: undefined, why: 'elsewhere' };
};
