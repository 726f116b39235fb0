import { OPERATION_KINDS } from '@tandem/shared/domain/operation/operation.ts';
import { CommandFailure, usageError } from '../../command-failure.ts';
import type { Schemas } from '../../connect/schemas.ts';
import type { Io } from '../../io/io.ts';
import { type Outcome, shown } from '../../program/command.ts';
import { choices, flag, text } from '../../program/options.ts';
import { bulkPreview, bulkResult } from '../../views/operation/operation-list.ts';

/** Of retry and release: one operation by its id, or all that fit a filter. */
export const bulkOptions = {
  kind: choices(
    '--kind <kinds>',
    'instead of one: all of these kinds; deletions only where they are named',
    OPERATION_KINDS,
  ),
  backup: text('--backup <backup-id>', 'instead of one: all on this backup'),
  all: flag('--all', 'instead of one: all, but for restores and deletions'),
  token: text('--token <token>', 'carry out the preview that returned this token, and nothing else'),
  yes: flag('--yes', 'carry out what the preview finds, without asking'),
};

type Preview = Schemas['BulkRetryPreview'] | Schemas['BulkReleasePreview'];
type Result = Schemas['BulkRetryResult'] | Schemas['BulkReleaseResult'];

/** Without a token it resolves with a preview, with one with a result. */
export type SendBulk = (token?: { readonly token: string }) => Promise<Preview | Result>;

export type BulkChoice = {
  readonly token: string | undefined;
  readonly yes: boolean;
  readonly verb: 'retry' | 'release';
};

/** Previews, and carries out what was previewed where that is confirmed: by --token or --yes, or on the terminal. Otherwise the preview is the outcome. */
export const bulk = async (send: SendBulk, { token, yes, verb }: BulkChoice, io: Io): Promise<Outcome> => {
  if (token !== undefined) return resultOf(await send({ token }));
  const preview = await send();
  if ('items' in preview) return resultOf(preview);
  if (preview.count === 0) return shown(preview, bulkPreview);
  if (!yes && !io.isInteractive) {
    const notes = [`Nothing was changed. To ${verb} exactly these, add: --token ${preview.token}`];
    return shown(preview, bulkPreview, { notes });
  }
  if (!yes) await askOnTerminal(preview, verb, io);
  return resultOf(await send({ token: preview.token }));
};

const askOnTerminal = async (preview: Preview, verb: string, io: Io): Promise<void> => {
  io.say(bulkPreview(preview, { style: io.style, now: io.now(), width: 80 }));
  const typed = await io.ask(`Type ${verb} to confirm: `);
  if (typed !== verb) throw new CommandFailure('usage', 'Not confirmed. Nothing was changed.');
};

/** Not every one was queued: some changed since the preview. */
const resultOf = (answer: Preview | Result): Outcome => {
  if (!('items' in answer)) return shown(answer, bulkPreview);
  const isComplete = answer.items.every(({ result }) => result === 'QUEUED');
  return shown(answer, bulkResult, { exit: isComplete ? 'ok' : 'failed' });
};

type Filters = {
  readonly kind: unknown;
  readonly backup: unknown;
  readonly all: boolean;
  readonly failureClass?: unknown;
  readonly wait: boolean;
};

/** The operation that is named; undefined: filters are given. Throws a usage error if neither is, or both are. */
export const namedOperation = (
  operationId: string | undefined,
  { kind, backup, all, failureClass, wait }: Filters,
): string | undefined => {
  const isMany = all || [kind, backup, failureClass].some((value) => value !== undefined);
  if (operationId !== undefined && isMany) throw usageError('Name one operation, or give filters, not both.');
  if (operationId === undefined && !isMany) {
    throw usageError('Name an operation, or give a filter.', 'See --help; --all takes all of them.');
  }
  if (isMany && wait)
    throw usageError('--wait goes with one operation.', 'To follow many: tandem operation list --open');
  return operationId;
};
