import { z } from 'zod';
import { CONCERN_CODES, PROTECTIONS } from '../domain/status/protection.ts';
import { backupId, durationMs, optimizeVersion, time } from './fields.ts';
import { Operation } from './operations.ts';

const ageMs = durationMs.meta({ description: 'How long ago that is, in milliseconds.' });
const STATES =
  'safe: a backup is complete and was proven restorable, and nothing waits for an operator. at-risk: there is a complete backup, and something needs attention. unknown: what would decide it cannot be read now. not-protected: there is no complete backup.';

export const StatusConcern = z
  .strictObject({
    code: z.enum(CONCERN_CODES).meta({ description: 'What it is.' }),
    leadsTo: z.enum(PROTECTIONS).exclude(['safe']).meta({ description: 'The best status that it allows.' }),
    message: z.string().meta({
      description: 'What was found and what to do, in sentences.',
      example: 'No backup was proven restorable. Rehearse one: POST /api/v1/backups/nightly-2026-11-22/rehearse.',
    }),
    backupId: backupId.nullable().meta({ description: 'The backup that it is about. Null: about none.' }),
    operationId: z
      .string()
      .nullable()
      .meta({ description: 'The operation that it is about. Null: about none.', example: null }),
  })
  .meta({ id: 'StatusConcern', description: 'Why the installation is not simply safe.' });

export const Status = z
  .strictObject({
    status: z.enum(PROTECTIONS).meta({ description: STATES }),
    checkedAt: time.meta({ description: 'When it was checked.' }),
    concerns: z.array(StatusConcern).meta({ description: 'What it follows from, the worst first. Empty: safe.' }),
    backups: z
      .strictObject({
        lastCompleted: z
          .strictObject({
            backupId,
            optimizeVersion,
            endedAt: time.meta({ description: 'When it finished.' }),
            ageMs,
            verified: z
              .boolean()
              .meta({ description: 'Whether its snapshots were found complete in the engine for this response.' }),
          })
          .nullable()
          .meta({ description: 'The last backup that is COMPLETED and not deleted. Null: there is none.' }),
        lastProven: z
          .strictObject({
            backupId,
            provenAt: time.meta({ description: 'When a rehearsal restored and compared all of it.' }),
            ageMs,
          })
          .nullable()
          .meta({ description: 'Of the backups with a full proof, the one requested last. Null: there is none.' }),
      })
      .nullable()
      .meta({ description: 'Null: the history could not be read.' }),
    operations: z
      .strictObject({
        open: z.array(Operation).meta({ description: 'What is queued, running, waiting or suspended, newest first.' }),
        more: z.boolean().meta({ description: 'Whether more than 20 are open.', example: false }),
        failed: z.array(Operation).meta({ description: 'The last 5 that FAILED within 24 hours, newest first.' }),
      })
      .nullable()
      .meta({ description: 'Null: the history could not be read.' }),
  })
  .meta({ id: 'Status', description: 'Whether the installation is protected, and what is open.' });
export type Status = z.infer<typeof Status>;
