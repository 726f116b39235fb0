import type { RequestContext } from '@tandem/api/http/route.ts';
import { makePlan } from '@tandem/api/restores/make-plan.ts';
import { rehearseBackup } from '@tandem/api/restores/rehearse-backup.ts';
import { requestRestore } from '@tandem/api/restores/request-restore.ts';
import { gatherPlan } from '@tandem/planning/plan/gather-plan.ts';
import { PlanRequest, RehearseRequest, RestoreRequest } from '@tandem/shared/contract/restores.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { ALERTS, actor, POSITIONS, REPOSITORY, RESTORE, setUp } from '@tandem/worker/jobs/restore/restore.fixture.ts';

export { ALERTS, POSITIONS, REPOSITORY };
export const SAFE = 'safe';
export const METADATA = 'optimize-metadata_v7';

const context: RequestContext = {
  ...{ actor, requestId: 'request', role: 'admin' as const, idempotencyKey: undefined, lastEventId: undefined },
  signal: new AbortController().signal,
};

export type Configured = {
  /** CAMUNDA_OPTIMIZE_VERSION is set. */
  readonly knowsVersion: boolean;
  /** Where safety backups are taken; undefined: in the repository of the backup. */
  readonly repository: string | undefined;
};

export type PlannedWorld = Awaited<ReturnType<typeof plannedWorld>>;

/** A COMPLETED backup `b`, a worker, and the API's own use cases over the same engine and history. */
export const plannedWorld = async ({ knowsVersion, repository }: Configured) => {
  const under = await setUp({ knowsVersion });
  const { engine, history, toTheEnd } = under;
  engine.createRepository(SAFE);
  let ids = 100;
  let answersAt: string | undefined;
  const gather = gatherPlan({
    ...{ engine, history, repository, indexPrefix: 'optimize' },
    configuredVersion: knowsVersion ? '3.9.0' : undefined,
    optimizeAnswersAt: async () => answersAt,
  });
  const findRecord = async (backupId: string) => {
    const record = await history.findBackupWithDeleted(backupId, undefined);
    if (record === undefined) throw fail('BACKUP_NOT_FOUND', `No backup has the id ${backupId}.`, { backupId });
    return { record, state: record.state, asOf: undefined };
  };
  const shared = { history, newId: () => RESTORE, enqueue: () => undefined, announce: () => undefined };
  const plan = makePlan({ findRecord, gather, history });
  const request = requestRestore({ ...shared, makePlan: plan, repository });
  const rehearse = rehearseBackup({ ...shared, findRecord, gather });
  return {
    ...{ engine, history, backUp: under.backUp, backup: under.backup, begin: under.begin, toTheEnd },
    hasRepository: (name: string) => {
      try {
        return engine.snapshots(name).length >= 0;
      } catch {
        return false;
      }
    },
    newId: () => {
      ids += 1;
      return `0198c0de-7000-7000-8000-000000000${ids}`;
    },
    answersAt: (url: string | undefined) => {
      answersAt = url;
      under.answersAt(url);
    },
    plan: async (fields: object) => (await plan(PlanRequest.parse({ backupId: 'b', ...fields }), context)).plan,
    request: (fields: object, planHash: string) =>
      request(RestoreRequest.parse({ backupId: 'b', confirm: 'b', reason: 'drill', ...fields, planHash }), context),
    rehearse: (fields: object) => rehearse(RehearseRequest.parse({ backupId: 'b', ...fields }), context),
    /** As where no node may hold its primary. */
    makeRed: async (name: string) => {
      engine.deleteIndex(name);
      engine.createRepository('red');
      engine.putSnapshot('red', { name: 'red', indices: [name] });
      const call = {
        repository: 'red',
        snapshot: 'red',
        indices: [name],
        rename: undefined,
        as: 'saved',
      } as const;
      await engine.startRestore(call);
      engine.finishRestore(name, { reason: 'no node may hold it' });
    },
    /** How it ended. */
    run: async () => {
      await toTheEnd(RESTORE);
      const { state, failure } = await under.restore();
      return { state, failure };
    },
  };
};
