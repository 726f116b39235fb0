import type { PartRecord } from '@tandem/shared/domain/backup/backup.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import { comparisonMutations } from '../comparing/comparison-mutations.ts';
import { clockMutations } from '../faults/clock-mutations.ts';
import { partitionMutations } from '../faults/partition-mutations.ts';
import { leaseMutations } from '../leases/lease-mutations.ts';
import { readerMutations } from '../reading/reader-mutations.ts';
import { restoreMutations } from '../restores/restore-mutations.ts';
import { sealMutations } from '../seals/seal-mutations.ts';
import { swapMutations } from '../swaps/swap-mutations.ts';
import { engineMutations } from './engine-mutations.ts';
import { historyMutations } from './history-mutations.ts';
import type { Mutation } from './mutation.ts';
import { suspensionMutations } from './suspension-mutations.ts';

/** The parts as another claim would show them. */
const withParts = (operation: ClaimedOperation, change: (part: PartRecord) => PartRecord): ClaimedOperation => ({
  ...operation,
  backup: { ...operation.backup, parts: operation.backup.parts.map(change) },
});

/** Every deliberate defect. None of them is a switch in the product: pieces are wrapped or replaced from outside. */
export const mutations = {
  'lease-not-checked': {
    about: 'the lease is not checked before the create is sent',
    handler: (handler) => (operation, tools) => handler(operation, { ...tools, assertHeld: () => undefined }),
  },
  'clock-stops-in-sleep': {
    about: 'the lease is kept on a clock that stands still while the process is stopped',
    clock: (now, process) => () => now() - process.frozenMs(),
  },
  'intent-not-recorded': {
    about: 'the create is sent without the intent being recorded first',
    handler: (handler) => (operation, tools) => handler(operation, { ...tools, record: async () => undefined }),
  },
  'no-sweep': {
    about: 'no sweep looks for operations without a job',
    sweep: async () => 0,
  },
  'vanished-is-failure': {
    about: 'a running snapshot that the engine forgot fails the backup',
    handler: (handler) => async (operation, tools) => {
      const change = await handler(operation, tools);
      if (change.events?.some(({ kind }) => kind === 'part.vanished'))
        throw fail('PART_VANISHED', 'The snapshot is gone.', {});
      return change;
    },
  },
  'resolved-while-starting': {
    about: 'indices are resolved again while a create may be on its way (decision 0004)',
    handler: (handler) => (operation, tools) =>
      handler(
        withParts(operation, (part) => (part.state === 'STARTING' ? { ...part, state: 'PLANNED' } : part)),
        tools,
      ),
  },
  'no-quiet-period': { about: 'a deletion is done as soon as nothing is seen', quietMs: 0 },
  'orphans-stay': { about: 'the sweep does not remove orphans', removeOrphanedSnapshots: async () => 0 },
  'snapshot-marks-not-read': {
    about: 'a rollback is looked for in Redis alone, not in the metadata of snapshots',
    guard: (options) => ({ ...options, snapshotMarks: async () => [] }),
  },
  'redis-mark-not-read': {
    about: 'the mark in Redis is neither compared nor read before it is replaced',
    guard: (options) => ({ ...options, marks: { ...options.marks, read: async () => [] } }),
  },
  ...historyMutations,
  ...engineMutations,
  ...leaseMutations,
  ...sealMutations,
  ...comparisonMutations,
  ...readerMutations,
  ...suspensionMutations,
  ...clockMutations,
  ...swapMutations,
  ...partitionMutations,
  ...restoreMutations,
} as const satisfies Readonly<Record<string, Mutation & { readonly about: string }>>;

export type MutationName = keyof typeof mutations;
