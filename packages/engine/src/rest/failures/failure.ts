import {
  type EngineFailureCode,
  type EngineFailureData,
  type Failure,
  fail,
  isFailure,
} from '@tandem/shared/domain/failure/failure.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { ENGINE_WRITES } from '../../calls-port.ts';
import type { Engine } from '../../port.ts';
import { SUPPORTED } from '../identity/supported-versions.ts';
import { type Fields, isFields, ReplyInvalid } from '../reply-fields.ts';
import { NoCredentials, NotConnected, type Reply, TimedOut } from '../transport/http-client.ts';
import { connectionReason, connectionRemedy } from './connection-words.ts';
import { failedNodesIn } from './failed-nodes.ts';
import { forbiddenWords, unauthorizedReason } from './forbidden-words.ts';

export type EngineCall = Exclude<keyof Engine, 'close'>;

/** A reply with the status of an error. */
export class ErrorReply extends Error {
  override readonly name = 'ErrorReply';
  readonly reply: Reply;
  constructor(reply: Reply) {
    super(`status ${reply.status}`);
    this.reply = reply;
  }
}

export type CallContext = {
  readonly call: EngineCall;
  /** Without credentials; several are joined by a comma. */
  readonly url: string;
  /** Redacted wherever a reply echoes them. */
  readonly secrets: readonly string[];
};

/** `calls` undefined: for every call. */
type Named = {
  readonly type: string;
  readonly calls?: readonly EngineCall[];
  readonly code: EngineFailureCode;
};

const REPOSITORY_CALLS: readonly EngineCall[] = [
  'readRepository',
  'verifyRepository',
  'findSnapshots',
  'listSnapshots',
  'startSnapshot',
  'snapshotProgress',
  'deleteSnapshot',
  'startRestore',
];

/** What an engine's `error.type` means for a call. The HTTP status decides about all other types. */
const NAMED: readonly Named[] = [
  { type: 'repository_missing_exception', calls: REPOSITORY_CALLS, code: 'REPOSITORY_UNKNOWN' },
  { type: 'repository_exception', calls: REPOSITORY_CALLS, code: 'REPOSITORY_UNAVAILABLE' },
  { type: 'repository_verification_exception', calls: REPOSITORY_CALLS, code: 'REPOSITORY_UNAVAILABLE' },
  { type: 'snapshot_missing_exception', calls: ['deleteSnapshot', 'snapshotProgress'], code: 'SNAPSHOT_NOT_FOUND' },
  // listed in the repository's catalogue, and its file is gone
  { type: 'snapshot_missing_exception', calls: ['findSnapshots', 'startRestore'], code: 'REPOSITORY_UNAVAILABLE' },
  { type: 'snapshot_name_already_in_use_exception', calls: ['startSnapshot'], code: 'SNAPSHOT_EXISTS' },
  { type: 'index_not_found_exception', calls: ['startSnapshot', 'startRestore'], code: 'INDEX_NOT_FOUND' },
  // deleted or closed between the lookup and the count
  { type: 'index_not_found_exception', calls: ['measureIndices'], code: 'INDEX_NOT_FOUND' },
  { type: 'index_closed_exception', calls: ['measureIndices'], code: 'INDEX_NOT_FOUND' },
  { type: 'snapshot_restore_exception', calls: ['startRestore'], code: 'RESTORE_REFUSED' },
  // an alias has the name, or no index can have it
  { type: 'invalid_index_name_exception', calls: ['startRestore'], code: 'RESTORE_REFUSED' },
  { type: 'snapshot_in_progress_exception', calls: ['deleteIndices'], code: 'ENGINE_BUSY' },
  // a restore or a deletion holds the snapshot: 503, in OpenSearch 3 409
  { type: 'concurrent_snapshot_execution_exception', code: 'ENGINE_BUSY' },
  { type: 'cluster_block_exception', code: 'ENGINE_BLOCKED' },
];

const BUSY = [429, 502, 503, 504];

const codeOfStatus = (status: number): EngineFailureCode => {
  if (BUSY.includes(status)) return 'ENGINE_BUSY';
  if (status === 401 || status === 403) return 'ENGINE_FORBIDDEN';
  return status >= 500 ? 'ENGINE_FAILED' : 'ENGINE_REFUSED';
};

/** Total: every status and every type has a code. */
export const codeOfAnswer = (call: EngineCall, status: number, type: string | undefined): EngineFailureCode =>
  (BUSY.includes(status)
    ? undefined
    : NAMED.find((named) => named.type === type && (named.calls?.includes(call) ?? true))?.code) ??
  codeOfStatus(status);

const SENTENCES = {
  ENGINE_UNREACHABLE: 'cannot be reached; check that it runs and that the URL is right',
  ENGINE_TIMEOUT: 'did not answer in time',
  ENGINE_BUSY: 'is too busy to answer; try again later',
  ENGINE_FORBIDDEN: 'does not allow this call; check user, password or API key and their privileges',
  ENGINE_BLOCKED: 'refuses the call because of a block; lift the block of the index or cluster that the reason names',
  ENGINE_REFUSED: 'refused the call',
  ENGINE_FAILED: 'failed at the call',
  ENGINE_UNSUPPORTED: `is not supported, so nothing is written to it; Tandem works with ${SUPPORTED}`,
  ENGINE_ANSWER_INVALID:
    'answered what its API does not document; check that the URL leads to Elasticsearch or OpenSearch itself',
  REPOSITORY_UNKNOWN: 'has no snapshot repository of that name; register it or correct the name',
  REPOSITORY_UNAVAILABLE: 'cannot use its snapshot repository; check the storage behind it',
  SNAPSHOT_EXISTS: 'already has a snapshot of that name',
  SNAPSHOT_NOT_FOUND: 'has no snapshot of that name',
  INDEX_NOT_FOUND: 'does not have one of the indices any more; nothing was made',
  INDEX_EXISTS: 'has an open index of a name that would be restored; nothing was restored',
  RESTORE_REFUSED: 'cannot restore this snapshot; nothing was restored',
  REPOSITORY_REFUSED: 'does not register the repository like this; nothing was changed',
} as const satisfies Record<EngineFailureCode, string>;

const isWrite = (call: EngineCall): boolean => ENGINE_WRITES.some((write) => write === call);

const sentenceOf = (code: EngineFailureCode, { call, url }: CallContext, reason: string | undefined): string => {
  const remedy = code === 'ENGINE_UNREACHABLE' && reason !== undefined ? connectionRemedy(url, reason) : undefined;
  if (remedy !== undefined) return `cannot be reached; ${remedy}`;
  const forbidden = code === 'ENGINE_FORBIDDEN' || code === 'ENGINE_REFUSED' ? forbiddenWords(reason) : undefined;
  if (forbidden !== undefined) return forbidden;
  if (code !== 'ENGINE_TIMEOUT') return SENTENCES[code];
  // a verification leaves nothing behind
  const effect = isWrite(call) ? 'whether the call took effect is not known' : 'nothing was changed';
  return `${SENTENCES[code]}; ${effect}`;
};

const MAX_REASON = 1000;

const blanked = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);

const shown = (text: unknown, secrets: readonly string[]): string | undefined =>
  typeof text === 'string' && text !== '' ? blanked(text, secrets).slice(0, MAX_REASON) : undefined;

type Said = {
  readonly status?: number | undefined;
  readonly type?: unknown;
  readonly reason?: unknown;
  readonly retryAfterMs?: number | undefined;
  readonly nodes?: readonly string[];
};

export const engineFailure = (code: EngineFailureCode, context: CallContext, said: Said = {}): Failure => {
  const { call, url, secrets } = context;
  const type = shown(said.type, secrets);
  const reason = shown(said.reason, secrets);
  const data: EngineFailureData = {
    call,
    ...omitUndefined({ status: said.status, type, reason, retryAfterMs: said.retryAfterMs, nodes: said.nodes }),
  };
  const nodes = said.nodes === undefined ? undefined : `node ${said.nodes.join(', ')}`;
  const detail = [call, nodes, said.status, type, reason].filter((part) => part !== undefined).join(' · ');
  return fail(code, `The engine at ${url} ${sentenceOf(code, context, reason)} (${detail}).`, data);
};

const MAX_RETRY_AFTER_MS = 3_600_000;

/** A Retry-After in seconds or as a date, from 0 to an hour. Undefined: none that can be read. */
export const retryAfterMs = (header: unknown, now: number): number | undefined => {
  if (typeof header !== 'string' || header.trim() === '') return undefined;
  const isSeconds = /^\s*\d+\s*$/.test(header);
  // what Date.parse reads is not always a date: "in 5" is a day of the year 2001
  if (!isSeconds && !/\d{1,2}:\d{2}:\d{2}/.test(header)) return undefined;
  const millis = isSeconds ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(millis) ? undefined : Math.min(Math.max(millis, 0), MAX_RETRY_AFTER_MS);
};

/** Managed services reply with a message of their own; its later lines may echo a signed request with its tokens. */
const messageIn = ({ message, Message }: Fields): Fields => {
  const text = typeof message === 'string' ? message : Message;
  return typeof text === 'string' ? { reason: text.split('\n')[0] } : {};
};

/** A proxy replies with a text or a page. */
const textOf = (body: string): Fields => ({
  reason: body
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim(),
});

const errorIn = (body: unknown): Fields => {
  if (typeof body === 'string') return textOf(body);
  if (!isFields(body)) return {};
  const { error } = body;
  if (isFields(error)) return error;
  return typeof error === 'string' ? { reason: error } : messageIn(body);
};

/** For an error that lists why each of many nodes or shards failed. */
const MAX_SUPPRESSED = 5;

/**
 * The outer reason often only says that the call failed; the innermost `caused_by` says why. If several nodes failed, the causes are in
 * `suppressed`, and the reason holds only their addresses.
 */
const fullReason = (error: Fields): unknown => {
  let inner = error;
  while (isFields(inner.caused_by)) inner = inner.caused_by;
  const suppressed = (Array.isArray(error.suppressed) ? error.suppressed : []).filter(isFields);
  const more =
    suppressed.length > MAX_SUPPRESSED ? [`${suppressed.length} causes, the first ${MAX_SUPPRESSED} of them`] : [];
  const causes = [
    ...(inner === error ? [] : [inner.reason]),
    ...more,
    ...suppressed.slice(0, MAX_SUPPRESSED).map(fullReason),
  ];
  return [error.reason, ...causes].filter((reason) => typeof reason === 'string').join(': ') || error.reason;
};

const failureOfReply = ({ status, headers, body }: Reply, context: CallContext): Failure => {
  const said = errorIn(body);
  const { type } = said;
  const code = codeOfAnswer(context.call, status, typeof type === 'string' ? type : undefined);
  const wait = code === 'ENGINE_BUSY' ? retryAfterMs(headers['retry-after'], Date.now()) : undefined;
  const reason = status === 401 ? unauthorizedReason(fullReason(said), headers) : fullReason(said);
  if (type === 'repository_verification_exception' && context.call === 'verifyRepository')
    return failedVerification(said, { status, type, reason }, context);
  return engineFailure(code, context, { status, type, reason, retryAfterMs: wait });
};

/** Whether nodes cannot use the repository, nodes did not reply, or the master could not write. */
const failedVerification = (error: Fields, said: Said, context: CallContext): Failure => {
  const { unable, silent } = failedNodesIn(error);
  if (unable.length > 0) return engineFailure('REPOSITORY_UNAVAILABLE', context, { ...said, nodes: unable });
  if (silent.length > 0) return engineFailure('ENGINE_TIMEOUT', context, { ...said, nodes: silent });
  return engineFailure('REPOSITORY_UNAVAILABLE', context, said);
};

/**
 * How Elasticsearch 7.17 to 9, and OpenSearch 2 and 3, report that the master could not write its file; a node that cannot see the file is
 * reported differently.
 */
const MASTER_CANNOT_WRITE = /is not accessible on (?:master|cluster-manager) node/;

/** Whether a repository's verification found more than that it cannot be written. */
export const asFailedVerification = (error: unknown): unknown => {
  if (!isFailure(error, 'REPOSITORY_UNAVAILABLE') || !MASTER_CANNOT_WRITE.test(String(error.data.reason))) return error;
  const data: EngineFailureData = { call: 'verifyRepository', ...error.data, onlyWriting: true };
  return fail(error.code, error.message, data);
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Converts any rejection of a call to a Failure with one of our codes. */
export const asEngineFailure = (error: unknown, context: CallContext): Failure => {
  if (isFailure(error)) return error;
  if (error instanceof ErrorReply) return failureOfReply(error.reply, context);
  if (error instanceof NoCredentials) return engineFailure('ENGINE_FORBIDDEN', context, { reason: error.message });
  if (error instanceof TimedOut) return engineFailure('ENGINE_TIMEOUT', context);
  if (error instanceof NotConnected) {
    return engineFailure('ENGINE_UNREACHABLE', context, { reason: connectionReason(reasonOf(error)) });
  }
  const type = error instanceof ReplyInvalid || !(error instanceof Error) ? undefined : error.name;
  return engineFailure('ENGINE_ANSWER_INVALID', context, { type, reason: reasonOf(error) });
};
