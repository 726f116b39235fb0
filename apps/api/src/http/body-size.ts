import type { IncomingMessage } from 'node:http';

/** Sufficient for any request that does not list indices; a route may have a limit of its own. */
export const MAX_BODY_BYTES = 16_384;

export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** By its header; a body of unknown length, or one that is longer once decompressed, is refused while it is read. */
export const isTooLong = ({ headers }: IncomingMessage, limit: number): boolean =>
  Number(headers['content-length'] ?? 0) > limit;
