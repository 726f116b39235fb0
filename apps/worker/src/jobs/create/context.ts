import type { Engine } from '@tandem/engine/port.ts';
import type { BackupHistory } from '@tandem/history/ports/backups.ts';
import type { RestoreHistory } from '@tandem/history/ports/restores.ts';
import type { RollbackHistory } from '@tandem/history/ports/rollback.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import type { CreateStep } from '@tandem/shared/domain/backup/create/create-step.ts';
import type { PollSchedule } from '@tandem/shared/domain/failure/poll-schedule.ts';
import type { Actor } from '@tandem/shared/domain/history/event.ts';
import type { NowSince } from '../job.ts';

export type CreateJob = {
  readonly engine: Engine;
  readonly history: Pick<RestoreHistory, 'keepContents' | 'readContents'> &
    Pick<RollbackHistory, 'readLine'> &
    Pick<BackupHistory, 'previousOwnership'>;
  readonly polling: PollSchedule;
  /** The first wait after a snapshot vanished; doubled each time. */
  readonly vanishedMs: number;
  /** INTERRUPTED_RETRY_DELAY; undefined: as shipped. */
  readonly interruptedMs?: number;
  /** Lease and the engine's master time-out: how long a delete without a response may still take effect. */
  readonly quietMs: number;
  readonly nowSince: NowSince;
  readonly actor: Actor;
  readonly tandemVersion: string;
  readonly log: Logger;
};

export type Step<Name extends CreateStep['step']> = Extract<CreateStep, { step: Name }>;
