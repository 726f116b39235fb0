import { engineFacts } from '@tandem/api/backups/read/engine-facts.ts';
import { type RequestedBackup, requestBackup } from '@tandem/api/backups/request/request-backup.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { defaultProfile } from '@tandem/shared/domain/profile.ts';
import { askReplica, mayPass } from '../processes/api-replica.ts';
import { INDEX_PREFIX } from './scenario.ts';
import type { World } from './world.ts';

/** The responses that clients got. */
export type Clients = {
  /** As answered with 200, once for each such answer. */
  readonly answers: readonly RequestedBackup[];
  /** Asks for a backup again, until it is accepted, is refused for good or has been asked for long enough. */
  readonly askAgain: (backupId: string, repository: string) => void;
  /** Nobody waits for an answer any more. */
  readonly isDone: () => boolean;
};

/** Of one that wants the id of a backup that is being deleted. */
const PATIENCE = 15;

/** Sends the requests of the scenario, each to an API process of its own, and again where the answer was a passing failure. */
export const startClients = (world: World): Clients => {
  const { scenario, scheduler, random } = world;
  const answers: RequestedBackup[] = [];
  let waiting = scenario.requests.length;
  let processes = 0;

  const ask = (backupId: string, repository: string): Promise<RequestedBackup> => {
    processes += 1;
    return askReplica(world, `api-${processes}`, ({ engine, history, newId, announce, enqueue, context }) => {
      const settings = { repository, indexPrefix: INDEX_PREFIX, optimizeVersion: undefined };
      const facts = engineFacts(engine, 15_000, scheduler.now);
      const deps = { profile: defaultProfile, settings, engine, facts, history, newId, announce, enqueue };
      return requestBackup(deps)(backupId, context);
    });
  };

  const askUntilAnswered = async (backupId: string, repository: string, patience: number): Promise<void> => {
    try {
      answers.push(await ask(backupId, repository));
      world.trace?.(`client  ${backupId}: 200`);
      waiting -= 1;
    } catch (error) {
      world.trace?.(`client  ${backupId}: ${String(error)}`);
      const isTaken = isFailure(error, 'BACKUP_EXISTS', 'SNAPSHOT_EXISTS');
      const left = isTaken ? patience - 1 : patience;
      const inMs = random.between(50, isTaken && random.chance(0.7) ? 15_000 : 3_000);
      if (mayPass(world, error) || (isTaken && left > 0))
        scheduler.after(inMs, () => void askUntilAnswered(backupId, repository, left));
      else waiting -= 1;
    }
  };

  for (const { backupId, repository, atMs } of scenario.requests) {
    scheduler.after(atMs, () => void askUntilAnswered(backupId, repository, 1));
  }
  return {
    answers,
    askAgain: (backupId, repository) => {
      waiting += 1;
      void askUntilAnswered(backupId, repository, PATIENCE);
    },
    isDone: () => waiting === 0,
  };
};
