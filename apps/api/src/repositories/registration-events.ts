import type { RegisteredRepository } from '@tandem/engine/port.ts';
import type { EventHistory } from '@tandem/history/ports/events.ts';
import type { SearchHistory } from '@tandem/history/ports/search.ts';
import { canonicalJson } from '@tandem/shared/domain/canonical-json.ts';
import type { EventKind } from '@tandem/shared/domain/history/event.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { ChangeOfRepository, Registration } from '@tandem/shared/domain/repository/repository-change.ts';
import type { RequestContext } from '../http/route.ts';

export type RegistrationEvents = {
  readonly history: Pick<EventHistory, 'appendEvents'> & Pick<SearchHistory, 'searchEvents'>;
};

export type RegistrationKind = Extract<
  EventKind,
  'repository.registering' | 'repository.registered' | 'repository.register-failed'
>;

type Where = { readonly clusterUuid: string; readonly repository: string };

/** What a request does: what is registered and what is requested, both without secrets. */
export type RequestedRegistration = {
  readonly context: Pick<RequestContext, 'actor' | 'requestId'>;
  readonly reason: string;
  readonly what: Where & { readonly change: ChangeOfRepository; readonly backups: number };
  readonly now: RegisteredRepository | undefined;
  readonly requested: Registration;
};

/** `failure`: the error that the engine returned. `outcome`: whether the engine applies the request is not known, or was read afterwards. */
export type RegistrationResult = { readonly failure?: string; readonly outcome?: 'unknown' | 'read' };

/** Writes an event of a registration. HISTORY_UNREACHABLE. */
export const recordRegistration = (
  { history }: RegistrationEvents,
  { context: { actor, requestId }, reason, what, now, requested }: RequestedRegistration,
  kind: RegistrationKind,
  result: RegistrationResult = {},
): Promise<void> =>
  history.appendEvents([
    {
      ...{ kind, actor, source: 'api', reason, requestId, backupId: undefined },
      before: now === undefined ? null : { type: now.type, settings: now.settings },
      after: { ...what, ...requested, ...omitUndefined(result) },
    },
  ]);

const KINDS = ['repository.registering', 'repository.registered', 'repository.register-failed'] as const;
/** Registrations are rare: the last one of a repository is among these, unless hundreds of others were. */
const SEARCHED = 500;

/** Whether the last request to register the repository wanted these settings, and its success is not recorded. HISTORY_UNREACHABLE. */
export const isUnconfirmedRegistration = async (
  { history }: RegistrationEvents,
  { clusterUuid, repository }: Where,
  { type, settings }: Registration,
): Promise<boolean> => {
  const events = await history.searchEvents({ kinds: KINDS }, undefined, SEARCHED);
  const [last] = events
    .map(({ kind, after }) => ({ kind, after: after as Partial<Registration & Where> | null | undefined }))
    .filter(({ after }) => after?.clusterUuid === clusterUuid && after.repository === repository);
  if (last === undefined || last.kind === 'repository.registered') return false;
  return canonicalJson([last.after?.type, last.after?.settings]) === canonicalJson([type, settings]);
};
