import { type Fields, isFields } from '../reply-fields.ts';

/** It only repeats that the restore of the shard failed. */
const UNHELPFUL = 'restore_in_progress';
const MAX_NODES = 3;

const listOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.filter(isFields) : []);
const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const ofNode = ({ node_name: name, deciders }: Fields): string | undefined => {
  const words = listOf(deciders)
    .filter(({ decider, decision }) => decision === 'NO' && decider !== UNHELPFUL)
    .flatMap(({ explanation }) => textOf(explanation) ?? []);
  return words.length === 0 ? undefined : `${textOf(name) ?? 'a node'}: ${words.join('; ')}`;
};

/** From the allocation-explain API: why no node holds the shard, node by node. Undefined: it does not say. */
export const explanationIn = (reply: unknown): string | undefined => {
  if (!isFields(reply)) return undefined;
  const nodes = listOf(reply.node_allocation_decisions).flatMap((node) => ofNode(node) ?? []);
  if (nodes.length === 0) return textOf(reply.allocate_explanation);
  const more = nodes.length > MAX_NODES ? [`and ${nodes.length - MAX_NODES} more nodes`] : [];
  return [...nodes.slice(0, MAX_NODES), ...more].join(' · ');
};
