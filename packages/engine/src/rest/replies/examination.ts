import type { LackingRights, NodeFacts } from '@tandem/shared/domain/doctor/facts.ts';
import { countAt, fieldsAt, fieldsUnder, isFields, optional, textAt } from '../reply-fields.ts';

const clockOf = (stats: unknown, id: string): Date | undefined => {
  if (!isFields(stats) || !isFields(stats.nodes)) return undefined;
  const node = stats.nodes[id];
  const timestamp = isFields(node) ? optional(countAt, node.timestamp, `${id}.timestamp`) : undefined;
  return timestamp === undefined ? undefined : new Date(timestamp);
};

/** From the node-info API, and the node-stats API; undefined: that was not allowed. */
export const nodeFactsIn = (nodes: unknown, stats: unknown): readonly NodeFacts[] =>
  Object.entries(fieldsUnder(nodes, 'nodes'))
    .map(([id, value]) => {
      const node = fieldsAt(value, id);
      const version = textAt(node.version, `${id}.version`);
      // a managed service may leave the names out
      return { name: optional(textAt, node.name, `${id}.name`) ?? id, version, clock: clockOf(stats, id) };
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1));

/** From the has-privileges API. Undefined: the answer is of another kind. */
export const lackingRightsIn = (reply: unknown): LackingRights | undefined => {
  if (!isFields(reply) || !isFields(reply.cluster) || !isFields(reply.index)) return undefined;
  const { cluster, index } = reply;
  return {
    cluster: Object.keys(cluster).filter((name) => cluster[name] !== true),
    indices: Object.entries(index).flatMap(([pattern, held]) =>
      Object.entries(isFields(held) ? held : {})
        .filter(([, isHeld]) => isHeld !== true)
        .map(([privilege]) => ({ pattern, privilege })),
    ),
  };
};
