/** What an address said when it was last compared. `clusterUuid` undefined: it did not answer. */
export type Report = { readonly url: string; readonly clusterUuid: string | undefined };

export type ClusterChoice =
  | { readonly chosen: string }
  /** `unknown`: no address answers. `disagree`: they lead to several clusters. `elsewhere`: to another one than the recorded, and not all answer. */
  | { readonly chosen: undefined; readonly why: 'unknown' | 'disagree' | 'elsewhere' };

/**
 * The cluster that a list of addresses stands for. The recorded one wins where an address leads to it. It is given up for another only where
 * every address leads to that one: a cluster that was replaced, and not an address that is wrong while the others are away.
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
