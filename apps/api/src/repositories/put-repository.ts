import { checkedBeforeSend } from '@tandem/engine/calls-port.ts';
import type { RegisteredRepository, SearchEngine } from '@tandem/engine/port.ts';
import type { EventHistory } from '@tandem/history/ports/events.ts';
import type { OperationLedger } from '@tandem/history/ports/ledger.ts';
import type { OperationHistory } from '@tandem/history/ports/operations.ts';
import type { BackupsInRepository, RepositoryHistory } from '@tandem/history/ports/repositories.ts';
import { digestOf } from '@tandem/planning/digest.ts';
import type { PutRepository as Answer, PutRepositoryRequest } from '@tandem/shared/contract/repositories.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { EventKind } from '@tandem/shared/domain/history/event.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { locationDigest } from '@tandem/shared/domain/repository/location-settings.ts';
import { type ChangeOfRepository, changeOfRepository } from '@tandem/shared/domain/repository/repository-change.ts';
import type { RequestContext } from '../http/route.ts';
import { acceptableSettings, requireConfirmed, requireUnused } from './refused-repository.ts';
import { underRepositoryLease } from './repository-lease.ts';
import { verifyRepository } from './verify-repository.ts';

export type PutRepository = {
  readonly engine: Pick<SearchEngine, 'info' | 'listRepositories' | 'putRepository' | 'verifyRepository'>;
  readonly history: Pick<RepositoryHistory, 'backupsByRepository' | 'noteVerification'> &
    Pick<OperationHistory, 'listOperations'> &
    Pick<OperationLedger, 'takeLease'> &
    Pick<EventHistory, 'appendEvents'>;
  readonly newId: () => string;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** Called once the engine may have another location than was read before. */
  readonly onChanged: (repository: string) => void;
};

type Registration = { readonly type: string; readonly settings: Readonly<Record<string, string>> };

/**
 * Registers a repository as requested, or does nothing if it is. The intent is recorded before the engine call, and its outcome after it; repeated,
 * the request ends in the same state. REPOSITORY_SECRET, REQUEST_INVALID, REPOSITORY_NOT_CONFIRMED, REPOSITORY_IN_USE, REPOSITORY_BUSY,
 * REPOSITORY_REFUSED, HISTORY_UNREACHABLE, and as the engine rejects.
 */
export const putRepository = async (
  deps: PutRepository,
  request: PutRepositoryRequest,
  context: RequestContext,
): Promise<Answer> => {
  const { name, type, confirm, verify } = request;
  const requested = { type, settings: acceptableSettings(type, request.settings) };
  const { clusterUuid } = await deps.engine.info();
  const where = { clusterUuid, repository: name };
  return underRepositoryLease(deps, where, async (assertHeld) => {
    const { now, recorded } = await readNow(deps, where);
    const change = changeNow(now, requested, recorded);
    const answer = { ...where, change, backups: recorded?.backups ?? 0 };
    if (change === 'nothing') return { ...answer, verification: null };
    if (change === 'location') {
      requireConfirmed(name, confirm, recorded);
      await requireUnused(deps.history, name);
    }
    const tell = tellOf(deps, context, request.reason, { ...where, change, backups: answer.backups }, now, requested);
    await tell('repository.registering');
    try {
      assertHeld();
      await checkedBeforeSend(assertHeld, () => deps.engine.putRepository({ name, ...requested }));
    } catch (error) {
      await tell('repository.register-failed', isFailure(error) ? `${error.code}: ${error.message}` : undefined);
      throw error;
    } finally {
      deps.onChanged(name);
    }
    await tell('repository.registered');
    const verification = verify ? await verifyRepository(deps, { name, reason: request.reason }, context) : null;
    return { ...answer, verification };
  });
};

type Where = { readonly clusterUuid: string; readonly repository: string };

const readNow = async ({ engine, history }: PutRepository, { clusterUuid, repository }: Where) => {
  const [registered, backups] = await Promise.all([engine.listRepositories(), history.backupsByRepository()]);
  return {
    now: registered.find(({ name }) => name === repository),
    recorded: backups.find((one) => one.clusterUuid === clusterUuid && one.repository === repository),
  };
};

const changeNow = (
  now: RegisteredRepository | undefined,
  requested: Registration,
  recorded: BackupsInRepository | undefined,
): ChangeOfRepository =>
  changeOfRepository({
    now,
    requested: { ...requested, settingsDigest: locationDigest(requested.type, requested.settings, digestOf) },
    recorded: { backups: recorded?.backups ?? 0, settingsDigest: recorded?.newest.settingsDigest },
  });

/** Writes an event with what is registered and what is requested, both without secrets. */
const tellOf =
  (
    { history }: PutRepository,
    { actor, requestId }: RequestContext,
    reason: string,
    what: Where & { readonly change: ChangeOfRepository; readonly backups: number },
    now: RegisteredRepository | undefined,
    requested: Registration,
  ) =>
  (kind: EventKind, failure?: string): Promise<void> =>
    history.appendEvents([
      {
        ...{ kind, actor, source: 'api', reason, requestId, backupId: undefined },
        before: now === undefined ? null : { type: now.type, settings: now.settings },
        after: { ...what, ...requested, ...omitUndefined({ failure }) },
      },
    ]);
