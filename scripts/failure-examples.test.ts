import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readOnlyRepository } from '@tandem/api/backups/read/engine-facts.ts';
import { contentTypeProblem } from '@tandem/api/http/media-type.ts';
import { outcomeUnknown } from '@tandem/api/http/outcome-unknown.ts';
import { readInput } from '@tandem/api/http/read-input.ts';
import { planChanged, restoreBlocked } from '@tandem/api/restores/refused-restore.ts';
import { type CallContext, engineFailure } from '@tandem/engine/rest/failures/failure.ts';
import { asHistoryFailure } from '@tandem/history/postgres/connection/database-failure.ts';
import { Unanswered } from '@tandem/history/postgres/connection/unanswered.ts';
import { OperationQuery } from '@tandem/shared/contract/operations.ts';
import type { PartRecord } from '@tandem/shared/domain/backup/backup.ts';
import { nothingYet } from '@tandem/shared/domain/backup/create/create-memory.ts';
import { nextCreateStep } from '@tandem/shared/domain/backup/create/create-step.ts';
import { deletionCheck } from '@tandem/shared/domain/backup/delete/deletion-check.ts';
import type { Snapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import { backupId, caller, operationId, requestId, secondSnapshot } from '@tandem/shared/domain/example-story.ts';
import type { Failure } from '@tandem/shared/domain/failure/failure.ts';
import type { FailureExample } from '@tandem/shared/domain/failure/failure-definition.ts';
import {
  definitionOf,
  ENGINE_FAILURE_CODES,
  FAILURE_CODES,
  type FailureCode,
  isFailureCode,
} from '@tandem/shared/domain/failure/failures.ts';
import { cancellation, cancelledReason } from '@tandem/shared/domain/operation/cancellation.ts';
import type { OperationKind } from '@tandem/shared/domain/operation/operation.ts';
import { repositoryChanged } from '@tandem/shared/domain/repository/repository-identity.ts';
import { targetBlockers } from '@tandem/shared/domain/restore/plan/blockers/target-blockers.ts';
import type { PlanFacts, RestoreRequest } from '@tandem/shared/domain/restore/plan/plan-facts.ts';
import type { RestorePlan } from '@tandem/shared/domain/restore/plan/planned-restore.ts';
import { abandonedRestore } from '@tandem/shared/domain/restore/run/abandoned-restore.ts';
import type { RestoreTask } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { expect, it } from 'vitest';

const checkout = fileURLToPath(new URL('..', import.meta.url));
const paths = globSync('{apps,packages}/*/src/**/*.ts', {
  cwd: checkout,
  exclude: (path) => /node_modules|generated|conformance|domain\/failure\/codes|\.(test|fixture)\.ts$/.test(path),
});
const sourceOf = (path: string): string => readFileSync(`${checkout}/${path}`, 'utf8');
const sources = paths.map(sourceOf);

/** A string or template literal: its words; null stands for what is put in. */
type Words = readonly (string | null)[];

/** Reads the literal that begins with the quote at `start`. */
const literalAt = (source: string, start: number): { readonly end: number; readonly words: Words } => {
  const quote = source[start];
  const words: (string | null)[] = [];
  let text = '';
  for (let at = start + 1; ; at += 1) {
    const char = source[at] ?? quote;
    if (char === quote) return { end: at, words: [...words, text] };
    if (char === '\\') {
      at += 1;
      text += source[at] === 'n' ? '\n' : source[at];
    } else if (quote === '`' && source.startsWith('${', at)) {
      words.push(text, null);
      text = '';
      at = expressionAt(source, at + 2).end;
    } else text += char;
  }
};

/** Reads to what ends an expression: a comma outside all brackets, or a bracket that it did not open. Its literals. */
const expressionAt = (source: string, start: number): { readonly end: number; readonly literals: readonly Words[] } => {
  const literals: Words[] = [];
  let depth = 0;
  for (let at = start; ; at += 1) {
    const char = source[at] ?? '}';
    if (`'"\``.includes(char)) {
      const literal = literalAt(source, at);
      literals.push(literal.words);
      at = literal.end;
    } else if ('([{'.includes(char)) depth += 1;
    else if (depth === 0 && ')]},'.includes(char)) return { end: at, literals };
    else if (')]}'.includes(char)) depth -= 1;
  }
};

/** The literals that stand beside a code as its message: `fail('CODE', message, …)` or `{ code: 'CODE', message: … }`. */
const messagesOf = (code: string): readonly Words[] => {
  const beside = new RegExp(`'${code}'(?: satisfies \\w+)?,\\s*(?:message: )?(?=['"\`\\w(])`, 'g');
  return sources.flatMap((source) =>
    [...source.matchAll(beside)].flatMap((match) => expressionAt(source, match.index + match[0].length).literals),
  );
};

/** Short ones, and those that mostly consist of what is put in, prove nothing. */
const FEWEST_CHARACTERS = 15;

const saysSomething = (words: Words): boolean =>
  words.join('').length >= FEWEST_CHARACTERS && !/^[A-Z0-9_]+$/.test(words.join(''));

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const isOf = (message: string, words: Words): boolean =>
  new RegExp(`^${words.map((word) => (word === null ? '[\\s\\S]*' : escaped(word))).join('')}$`).test(message);

/** Of messages that are put together of several pieces: the failure itself. */
const composed: Partial<Record<FailureCode, () => Pick<Failure, 'message' | 'data'> | undefined>> = {
  REQUEST_INVALID: () => thrownBy(() => readInput(OperationQuery, { limit: '5000' }, 'The query')),
  MEDIA_TYPE_UNSUPPORTED: () => ({ message: contentTypeProblem('text/plain') ?? '', data: {} }),
  REPOSITORY_READ_ONLY: () => ({
    message: readOnlyRepository('backups', 'its setting readonly is true'),
    data: { repository: 'backups' },
  }),
  REPOSITORY_CHANGED: () => {
    const location = { clusterUuid: 'c', repository: 'optimize-backups', repositoryUuid: 'r' };
    return repositoryChanged({ location, missing: 3, settings: 'changed' });
  },
  PART_NOT_WHOLE: () => failedPart({ state: 'PARTIAL', failures: [{ index, shard: 0, reason: FULL_DISK }] }),
  PART_DIFFERS: () => failedPart({ state: 'SUCCESS' }),
  RESTORE_BLOCKED: () => {
    const existing = [{ name: index, open: true }];
    const blockers = targetBlockers(
      { deleteExisting: false } as RestoreRequest,
      { existing } as unknown as PlanFacts,
      [],
    );
    return restoreBlocked({ blockers, planHash } as unknown as RestorePlan);
  },
  PLAN_CHANGED: () => {
    const plan = { blockers: [], parts: [], deletes: [], restores: [], planHash } as unknown as RestorePlan;
    const planned = (deleteExisting: boolean) => ({ request: { deleteExisting } as RestoreRequest, plan });
    return planChanged(planned(true), planned(false));
  },
  INDICES_WRITTEN: () => {
    const saved = { is: 'measured', operations: 120_400 } as const;
    const doomed = { index, open: true, operations: 120_431, planned: 120_400, saved };
    return deletionCheck({ indices: [doomed], hasSafetyBackup: true, acceptUnsaved: [], begun: false });
  },
  RESTORE_STOPPED: () => cancelled('restore', 'wrong backup', '2026-11-22T09:10:00.000Z'),
  OPERATION_CANCELLED: () => cancelled('create', 'wrong window', '2026-11-22T01:02:00.000Z'),
  RESTORE_ABANDONED: () => {
    const task = { inPlace: true, deletes: [], parts: [{ indices: [{ index, as: index }] }] } as unknown as RestoreTask;
    return abandonedRestore({ task }, [], undefined);
  },
  HISTORY_UNREACHABLE: () => asHistoryFailure(refusedConnection) as Failure,
  VALUE_REFUSED: () => {
    const words =
      'character with byte sequence 0xf0 0x9f 0x98 0x80 in encoding "UTF8" has no equivalent in encoding "LATIN1"';
    return asHistoryFailure(Object.assign(new Error(words), { code: '22P05', severity: 'ERROR' })) as Failure;
  },
  OUTCOME_UNKNOWN: () => {
    const lost = new Unanswered(new Error('Connection terminated unexpectedly'));
    return outcomeUnknown(`/api/v1/backups/${backupId}`, asHistoryFailure(lost, true) as Failure);
  },
};

/** As the adapter words what the example says of the call; undefined: the example is not of an engine's reply. */
const engineFailureLike = (code: FailureCode, { data = {} }: FailureExample): Failure | undefined => {
  const ofEngine = ENGINE_FAILURE_CODES.find((known) => known === code);
  if (ofEngine === undefined || data.call === undefined) return undefined;
  const { call, ...said } = data;
  return engineFailure(ofEngine, { call: call as CallContext['call'], url: 'http://10.0.0.5:9200', secrets: [] }, said);
};

const index = 'optimize-process-instance-invoice_v8';
const planHash = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
const FULL_DISK = 'IOException[No space left on device]';
const refusedConnection = Object.assign(new Error('connect ECONNREFUSED 10.0.0.9:5432'), {
  ...{ code: 'ECONNREFUSED', syscall: 'connect' },
});

const thrownBy = (work: () => unknown): Failure | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error as Failure;
  }
};

const cancelled = (kind: OperationKind, reason: string, at: string) =>
  cancelledReason(cancellation(kind, { actor: caller, reason, requestId }), new Date(at));

/** Part 2 of a create, as its snapshot ended. */
const failedPart = (ended: Partial<Snapshot>) => {
  const part = { number: 2, of: 2, snapshotName: secondSnapshot, indices: [index], state: 'IN_PROGRESS' };
  const snapshot = {
    ...{ name: secondSnapshot, uuid: 'c8TqW2nVR6b0D9f3Mh7yZa', owner: { operationId, part: 2 }, indices: [index] },
    ...{ shards: { total: 24, successful: 23, failed: 1 }, failures: [], ...ended },
  };
  const step = nextCreateStep(operationId, [part as unknown as PartRecord], [snapshot as unknown as Snapshot], () => ({
    ...nothingYet,
    sentAt: undefined,
    accepted: true,
  }));
  return step.step === 'fail' ? step.reason : undefined;
};

it.each(FAILURE_CODES)('documents a message that the product can give: %s', (code) => {
  const { example } = definitionOf(code);
  const made = composed[code]?.() ?? engineFailureLike(code, example);
  if (made !== undefined) {
    const { message, data } = made;
    return expect({ message, data }).toEqual({ message: example.message, data: example.data ?? {} });
  }
  const messages = messagesOf(code).filter(saysSomething);
  const fits = messages.some((message) => isOf(example.message, message));
  expect(fits || messages.map((words) => words.map((word) => word ?? '…').join('')), example.message).toBe(true);
});

/** Blockers and warnings of a plan have codes of their own. */
const OF_PLANS = /domain\/restore\/plan\/|restores\/way-back/;

it('defines every code that is stored as the reason of an operation', () => {
  const stored = paths
    .filter((path) => !OF_PLANS.test(path))
    .flatMap((path) => [...sourceOf(path).matchAll(/code: '([A-Z\d_]+)'(?: satisfies \w+)?,\s*message/g)])
    .map(([, code = '']) => code);
  expect(stored.length).toBeGreaterThan(15);
  expect(stored.filter((code) => code !== 'UNEXPECTED' && !isFailureCode(code))).toEqual([]);
});
