import type { NewEvent } from '@tandem/shared/domain/history/event.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import { isLeaseAlive, type Watched } from '../watch/watched.ts';
import type { Watching } from '../watch/watching.ts';

/** What a background task knows of what it is about to delete. */
export type Doomed = { readonly name: string; readonly uuid: string | undefined };

/** When it was read last, with nothing sent by that task since; undefined: it was not. */
export type LastRead = { readonly sentAt: number } | undefined;

type Removing = { readonly operationId?: string; readonly uuid?: string; readonly indices?: readonly string[] };

/** Who may change the engine: whoever holds the claim of an operation, or the lease of a background task. */
export const watchLeases = ({ now, operationOf, broken }: Pick<Watching, 'now' | 'operationOf' | 'broken'>) => {
  /** When the lease of a background task and its holder is over, on a clock that does not jump. */
  const terms = new Map<string, number>();
  /** When the intent to delete was first recorded, by uuid of a snapshot or name of an index. */
  const intents = new Map<string, number>();

  /** PostgreSQL gave the lease of a background task, or renewed it. */
  const onLease = (task: string, holder: string, leaseMs: number, isTaken: boolean): void => {
    if (isTaken) terms.set(`${task} ${holder}`, now() + leaseMs);
  };

  /** Events of nobody's operation were recorded. */
  const onEvents = (events: readonly NewEvent[]): void => {
    for (const { kind, after } of events) {
      if (kind !== 'snapshot.removing' && kind !== 'index.removing') continue;
      const { uuid, indices = [] } = (after ?? {}) as Removing;
      for (const what of uuid === undefined ? indices : [uuid]) intents.set(what, intents.get(what) ?? now());
    }
  };

  /** A tick is about to send what changes the engine. `fenced`: the claim that a stop overtook may still send. */
  const onTickSend = (
    { operationId, revision }: ClaimedOperation,
    what: string,
    { held, fenced }: { readonly held: Watched['held']; readonly fenced: Watched['held'] } = {
      held: operationOf(operationId)?.held,
      fenced: undefined,
    },
  ): void => {
    if (![held, fenced].some((claim) => isLeaseAlive(claim, revision, now())))
      broken('leased', `${what} is sent under revision ${revision} of ${operationId}, whose lease is over`);
  };

  /** A background task is about to do so. */
  const onTaskSend = (task: string, holder: string, what: string): void => {
    const until = terms.get(`${task} ${holder}`) ?? 0;
    if (until <= now())
      broken('leased', `${what} is sent by ${task} of ${holder}, whose lease has been over since ${until}`);
  };

  /** What it deletes it recorded first, and read again since, by its uuid: engines delete by name. */
  const onTaskDelete = (task: string, { name, uuid }: Doomed, read: LastRead): void => {
    const intendedAt = intents.get(uuid ?? '') ?? intents.get(name);
    if (intendedAt === undefined) broken('leased', `${task} deletes ${name} (${uuid}), and has not recorded that`);
    if (uuid === undefined || read === undefined || read.sentAt < (intendedAt ?? 0))
      broken('leased', `${task} deletes ${name} (${uuid}) without having read it again`);
  };

  return { onLease, onEvents, onTickSend, onTaskSend, onTaskDelete };
};
