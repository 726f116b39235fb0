import { z } from 'zod';
import { INDEX_CLASSES } from '../domain/ownership/index-ownership.ts';
import { PLAN_LISTS } from '../domain/restore/plan/plan-lists.ts';
import { count, indexName, time } from './fields.ts';
import { limit, once } from './lists.ts';
import { PlannedDeletion, PlannedIndex, PlanRequest, planHash, RestorePlan, UnrestoredIndex } from './restores.ts';

/** Stored plans of restores: /api/v1/restores/plans. */

export const KeptIndex = z
  .strictObject({
    index: indexName,
    class: z.enum(INDEX_CLASSES).meta({ description: 'Whose it is; `known`: of this Optimize.' }),
  })
  .meta({ id: 'KeptIndex', description: 'An index in the cluster that the restore leaves as it is.' });

const countOf = (description: string, example: number) => count.meta({ description, example });

export const StoredPlan = RestorePlan.extend({
  keep: z
    .array(KeptIndex)
    .readonly()
    .meta({ description: 'Indices in the cluster that the restore leaves as they are, by name.' }),
  counts: z
    .strictObject({
      delete: countOf('How many indices are deleted before.', 0),
      restore: countOf('How many indices are restored.', 61),
      keep: countOf('How many indices are left as they are.', 2),
      notRestored: countOf('How many indices of the backup are left out.', 0),
    })
    .meta({ description: 'How long the lists are, which are read page by page with `list`.' }),
  truncated: z
    .array(
      z.strictObject({
        list: z.string().meta({
          description: 'Where the list is: names of fields and positions, separated by dots.',
          example: 'restores',
        }),
        count: countOf('How many entries it has in total.', 10_000),
      }),
    )
    .readonly()
    .meta({
      description:
        'The lists that show only their first 100 entries. Empty: everything is here. `restores`, `deletes`, `keep` and `notRestored` can be read page by page with `list`.',
    }),
  request: PlanRequest.meta({
    description: 'The request that it was made for, with defaults. A restore needs the same fields and the planHash.',
  }),
  url: z.string().meta({
    description: 'Where the plan can be read until `expiresAt`; its lists with `?list=`.',
    example: '/api/v1/restores/plans/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  }),
  plannedAt: time.meta({ description: 'When it was made.' }),
  expiresAt: time.nullable().meta({
    description: 'Until when it is stored. Null: for good, since a restore was accepted with it.',
    example: '2026-11-29T01:04:12.000Z',
  }),
}).meta({
  id: 'StoredPlan',
  description: 'What a restore would do at that time, with the first entries of its lists.',
});
export type StoredPlan = z.infer<typeof StoredPlan>;

const LIST_RULE = `must be one of ${PLAN_LISTS.join(', ')}`;
const planList = z.enum(PLAN_LISTS, { error: LIST_RULE });

export const PlanQuery = z.strictObject({
  planHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be the planHash of a plan, 64 characters 0-9 and a-f')
    .meta({
      description: 'The hash of the plan.',
      example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    }),
  list: once.pipe(planList).optional().meta({
    description: 'The list that is returned, page by page. Absent: the plan with the first entries of each.',
    example: 'delete',
  }),
  cursor: once.max(600, 'must be at most 600 characters long').optional().meta({
    description: 'The `nextCursor` of the page before; with `list` only. Absent: the first page.',
    example: 'eyJhZnRlciI6Im9wdGltaXplLWFsZXJ0X3Y0Iiwib2YiOiJRMmszWGJUN2FaMXBSdzhmIn0',
  }),
  limit,
});
export type PlanQuery = z.infer<typeof PlanQuery>;

export const PlanPage = z
  .strictObject({
    planHash,
    list: planList.meta({ description: 'The list that this is a page of.' }),
    count: countOf('How many entries the list has in total.', 61),
    items: z
      .array(z.union([PlannedDeletion, PlannedIndex, KeptIndex, UnrestoredIndex]))
      .readonly()
      .meta({ description: 'The page, at most `limit` of them, by name; what is restored by part first.' }),
    nextCursor: z
      .string()
      .meta({ example: 'eyJhZnRlciI6Im9wdGltaXplLWFsZXJ0X3Y0Iiwib2YiOiJRMmszWGJUN2FaMXBSdzhmIn0' })
      .nullable()
      .meta({ description: 'The `cursor` of the next page. Null: this is the last one.' }),
  })
  .meta({ id: 'PlanPage', description: 'A page of a list of a stored plan.' });
export type PlanPage = z.infer<typeof PlanPage>;
