import { checkedBeforeSend } from '@tandem/engine/calls-port.ts';
import type { RegisteredRepository, SearchEngine } from '@tandem/engine/port.ts';
import type { OperationLedger } from '@tandem/history/ports/ledger.ts';
import type { OperationHistory } from '@tandem/history/ports/operations.ts';
import type { BackupsInRepository, RepositoryHistory } from '@tandem/history/ports/repositories.ts';
import type { RestoreHistory } from '@tandem/history/ports/restores.ts';
import { digestOf } from '@tandem/planning/digest.ts';
import type { PutRepository as Answer, PutRepositoryRequest } from '@tandem/shared/contract/repositories.ts';
import { type Failure, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { locationDigest } from '@tandem/shared/domain/repository/location-settings.ts';
import {
  type ChangeOfRepository,
  changeOfRepository,
  type Registration,
} from '@tandem/shared/domain/repository/repository-change.ts';
import type { RequestContext } from '../http/route.ts';
import { acceptableSettings, requireConfirmed, requireUnused } from './refused-repository.ts';
import {
  isUnconfirmedRegistration,
  type RegistrationEvents,
  type RequestedRegistration,
  recordRegistration,
} from './registration-events.ts';
import { underRepositoryLease } from './repository-lease.ts';
import { verifyRepository } from './verify-repository.ts';

export type PutRepository = {
  readonly engine: Pick<SearchEngine, 'info' | 'listRepositories' | 'putRepository' | 'verifyRepository'>;
  readonly history: Pick<RepositoryHistory, 'backupsByRepository' | 'settingsRecorded' | 'noteVerification'> &
    Pick<OperationHistory, 'listOperations'> &
    Pick<RestoreHistory, 'listRestores'> &
    Pick<OperationLedger, 'takeLease'> &
    RegistrationEvents['history'];
  readonly newId: () => string;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** Called once the engine may have another location than was read before. */
  readonly onChanged: (repository: string) => void;
};

/**
 * Registers a repository as requested, or does nothing if it is. The intent is recorded before the engine call, and its outcome after it; repeated,
 * the request ends in the same state, and records the success of one whose response was lost. REPOSITORY_SECRET, REQUEST_INVALID, REPOSITORY_NOT_CONFIRMED, REPOSITORY_IN_USE, REPOSITORY_BUSY,
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
    const { now, recorded, isOneLocation } = await readNow(deps, where);
    const change = changeNow(now, requested, recorded, isOneLocation);
    const answer = { ...where, change, backups: recorded?.backups ?? 0 };
    const registration = { context, reason: request.reason, what: answer, now, requested };
    if (change === 'nothing') {
      if (await isUnconfirmedRegistration(deps, where, requested))
        await recordRegistration(deps, registration, 'repository.registered', { outcome: 'read' });
      return { ...answer, verification: null };
    }
    if (change === 'location') {
      requireConfirmed(name, confirm, recorded);
      await requireUnused(deps.history, name);
    }
    await recordRegistration(deps, registration, 'repository.registering');
    await register(deps, registration, assertHeld);
    const verification = verify ? await verifyRepository(deps, { name, reason: request.reason }, context) : null;
    return { ...answer, verification };
  });
};

/** Sends the request and records its outcome. If the response was lost, the repository is read again: registered as requested is success. */
const register = async (
  deps: PutRepository,
  registration: RequestedRegistration,
  assertHeld: () => void,
): Promise<void> => {
  const { requested, what } = registration;
  try {
    assertHeld();
    await checkedBeforeSend(assertHeld, () => deps.engine.putRepository({ name: what.repository, ...requested }));
  } catch (error) {
    if (!isFailure(error)) throw error;
    const failure = `${error.code}: ${error.message}`;
    if (!mayBeApplied(error)) {
      await recordRegistration(deps, registration, 'repository.register-failed', { failure });
      throw error;
    }
    if (!(await isRegistered(deps, registration))) {
      await recordRegistration(deps, registration, 'repository.register-failed', { failure, outcome: 'unknown' });
      throw error;
    }
    await recordRegistration(deps, registration, 'repository.registered', { failure, outcome: 'read' });
    return;
  } finally {
    deps.onChanged(what.repository);
  }
  await recordRegistration(deps, registration, 'repository.registered');
};

/** The engine got the request, and its response is missing, was cut, or came from a proxy. */
const mayBeApplied = (error: Failure): boolean =>
  isFailure(error, 'ENGINE_TIMEOUT', 'ENGINE_UNREACHABLE', 'ENGINE_BUSY', 'ENGINE_FAILED', 'ENGINE_ANSWER_INVALID');

/** False also where that cannot be read. */
const isRegistered = async (
  { engine }: PutRepository,
  { what: { clusterUuid, repository }, requested }: RequestedRegistration,
): Promise<boolean> => {
  try {
    const [info, registered] = await Promise.all([engine.info(), engine.listRepositories()]);
    const now = registered.find(({ name }) => name === repository);
    return info.clusterUuid === clusterUuid && changeNow(now, requested, undefined, true) === 'nothing';
  } catch (error) {
    if (isFailure(error)) return false;
    throw error;
  }
};

type Where = { readonly clusterUuid: string; readonly repository: string };

const readNow = async ({ engine, history }: PutRepository, { clusterUuid, repository }: Where) => {
  const [registered, backups, digests] = await Promise.all([
    engine.listRepositories(),
    history.backupsByRepository(),
    history.settingsRecorded({ clusterUuid, repository }),
  ]);
  return {
    isOneLocation: digests.length <= 1,
    now: registered.find(({ name }) => name === repository),
    recorded: backups.find((one) => one.clusterUuid === clusterUuid && one.repository === repository),
  };
};

const changeNow = (
  now: RegisteredRepository | undefined,
  requested: Registration,
  recorded: BackupsInRepository | undefined,
  isOneLocation: boolean,
): ChangeOfRepository =>
  changeOfRepository({
    now,
    requested: { ...requested, settingsDigest: locationDigest(requested.type, requested.settings, digestOf) },
    recorded: { backups: recorded?.backups ?? 0, settingsDigest: recorded?.newest.settingsDigest, isOneLocation },
  });
