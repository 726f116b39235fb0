import { type Failure, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { NewRestore } from '../../index-port.ts';
import { restoreTargets } from '../../restore-targets.ts';
import { type EngineCall, engineFailure } from '../failures/failure.ts';
import type { IndexState } from '../replies/index-replies.ts';
import { fieldsAt, requireTrue } from '../reply-fields.ts';
import { requireNewRestore } from '../request-rules.ts';
import type { EngineTransport, Send } from '../transport/engine-transport.ts';
import type { EngineVariant } from '../variant.ts';
import { findSnapshots } from './find-snapshots.ts';

export type RestoreTools = {
  readonly transport: EngineTransport;
  readonly masterTimeout: string;
  readonly statesOf: (send: Send, names: readonly string[]) => Promise<ReadonlyMap<string, IndexState>>;
};

const CALL: EngineCall = 'startRestore';

/** Auto-expanded replicas would override the replica count. */
const WITHOUT_REPLICAS = { 'index.number_of_replicas': 0, 'index.auto_expand_replicas': 'false' };

/** Undefined: all as saved. */
const settingsOf = ({ as, settings }: NewRestore): object | undefined =>
  as === 'copy' ? { ...WITHOUT_REPLICAS, ...settings } : settings;

const restoreBody = (restore: NewRestore, { bodyExtras }: EngineVariant): object => {
  const { indices, rename, as, ignoreSettings = [] } = restore;
  const settings = settingsOf(restore);
  return {
    indices,
    include_global_state: false,
    partial: false,
    ignore_unavailable: false,
    include_aliases: as === 'saved',
    ...bodyExtras,
    ...(rename === undefined ? {} : { rename_pattern: rename.pattern, rename_replacement: rename.replacement }),
    ...(ignoreSettings.length === 0 ? {} : { ignore_index_settings: ignoreSettings }),
    ...omitUndefined({ index_settings: settings }),
  };
};

/** One error type covers a missing snapshot, one that cannot be restored, and an existing index. */
const isUnexplained = (error: unknown): error is Failure =>
  isFailure(error, 'RESTORE_REFUSED') && error.data.type === 'snapshot_restore_exception';

/** A lookup decides which of them it was, never the wording of the engine's error. */
const explained = async (
  { transport, masterTimeout, statesOf }: RestoreTools,
  send: Send,
  error: Failure,
  restore: NewRestore,
): Promise<Failure> => {
  const { repository, snapshot: name, indices } = restore;
  const [snapshot] = await findSnapshots({ transport, send, masterTimeout, repository }, [name]);
  if (snapshot === undefined) return engineFailure('SNAPSHOT_NOT_FOUND', transport.contextOf(CALL), error.data);
  const isRestorable = snapshot.state === 'SUCCESS' || snapshot.state === 'PARTIAL';
  if (!isRestorable || snapshot.failures.some(({ index }) => indices.includes(index))) return error;
  const targets = [...new Set(restoreTargets(restore).values())];
  const isInTheWay = [...(await statesOf(send, targets)).values()].some(({ open }) => open);
  return isInTheWay ? engineFailure('INDEX_EXISTS', transport.contextOf(CALL), error.data) : error;
};

/** Sent once. The repository's name must have been checked. */
export const startRestore = async (tools: RestoreTools, send: Send, restore: NewRestore): Promise<void> => {
  requireNewRestore(restore);
  const path = ['_snapshot', restore.repository, restore.snapshot, '_restore'];
  const query = { master_timeout: tools.masterTimeout, wait_for_completion: false };
  try {
    const reply = await send({ method: 'POST', path, query, body: restoreBody(restore, send.variant) });
    requireTrue(fieldsAt(reply, 'the answer'), 'accepted');
  } catch (error) {
    throw isUnexplained(error) ? await explained(tools, send, error, restore) : error;
  }
};
