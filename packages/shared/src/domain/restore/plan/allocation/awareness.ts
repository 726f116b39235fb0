import type { DataNode } from '../cluster-facts.ts';

const ROOT = 'cluster.routing.allocation.awareness';

/** An attribute of nodes over whose values the copies of a shard are spread. */
export type Awareness = {
  readonly attribute: string;
  /** Values that get their share of copies although no node may have them. */
  readonly forced: readonly string[];
  /** As a line of settings. */
  readonly shown: string;
};

const namesIn = (text: string | undefined): readonly string[] =>
  (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** The attributes of allocation awareness in the cluster settings, with forced values if set. `shown`: the setting as messages quote it. */
export const awarenessIn = (settings: Readonly<Record<string, string>>): readonly Awareness[] =>
  namesIn(settings[`${ROOT}.attributes`]).map((attribute) => {
    const name = `${ROOT}.force.${attribute}.values`;
    const forced = namesIn(settings[name]);
    return {
      attribute,
      forced,
      shown: forced.length === 0 ? `${ROOT}.attributes: ${attribute}` : `${name}: ${forced.join()}`,
    };
  });

/** Whether a node has all attributes of awareness: engines assign nothing, not even a primary, to one that lacks one. */
export const hasAttributes = ({ attributes }: DataNode, awareness: readonly Awareness[]): boolean =>
  awareness.every(({ attribute }) => attributes[attribute] !== undefined);

/**
 * Pure: to how many nodes the copies of one shard can be assigned, as engines decide it (AwarenessAllocationDecider): each value, there or
 * forced, gets at most its share, rounded up. `nodes`: those that have the attribute.
 */
export const spreadCopies = (copies: number, nodes: readonly DataNode[], { attribute, forced }: Awareness): number => {
  const values = nodes.map(({ attributes }) => attributes[attribute] ?? '');
  const share = Math.ceil(copies / new Set([...values, ...forced]).size);
  const held = [...new Set(values)].map((value) => Math.min(share, values.filter((other) => other === value).length));
  return held.reduce((sum, count) => sum + count, 0);
};
