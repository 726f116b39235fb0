import { type Fields, isFields } from '../reply-fields.ts';

/** The nodes of a failed verification, by name: those that cannot use the repository, and those that did not reply. */
export type FailedNodes = { readonly unable: readonly string[]; readonly silent: readonly string[] };

/** One node in the reason: `[vgTbIc3_RomVYf2q5P195g, '… RemoteTransportException: [node-2][127.0.0.1:9302][…]']`. */
const ENTRY = /\[([\w-]+), '(.*?)'\](?=,|\]|$)/gs;
/** 7.17 and OpenSearch write `Exception[[node-2][…`, 8 and 9 `Exception: [node-2][…`. */
const NODE_NAME = /Exception(?:\[|: )\[([^\]]+)\]/;

/** The node left, is leaving, or is overloaded: a retry may succeed, and none of this is about the repository. */
const SILENT_TYPES: ReadonlySet<unknown> = new Set([
  'node_disconnected_exception',
  'node_not_connected_exception',
  'connect_transport_exception',
  'send_request_transport_exception',
  'receive_timeout_transport_exception',
  'node_closed_exception',
  'es_rejected_execution_exception',
  // OpenSearch's name of it
  'rejected_execution_exception',
  'circuit_breaking_exception',
]);

/**
 * From the error of `_verify`, which has an entry per node in its reason and, in the same order, the cause of each in `suppressed`. A cause
 * of an unknown type counts as unable.
 */
export const failedNodesIn = (error: Fields): FailedNodes => {
  const entries = [...String(error.reason).matchAll(ENTRY)];
  const causes = Array.isArray(error.suppressed) ? error.suppressed : [];
  const nodes = entries.map(([, id = '', said = ''], at) => {
    const cause: unknown = causes[at];
    return { name: NODE_NAME.exec(said)?.[1] ?? id, isSilent: isFields(cause) && SILENT_TYPES.has(cause.type) };
  });
  const names = (isSilent: boolean) => nodes.filter((node) => node.isSilent === isSilent).map(({ name }) => name);
  return { unable: names(false), silent: names(true) };
};
