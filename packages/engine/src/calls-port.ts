import { AsyncLocalStorage } from 'node:async_hooks';
import type { Engine } from './port.ts';

/** What each call does to the engine. A probe writes a file into the repository; read-only callers may send it too. */
const EFFECTS = {
  info: 'none',
  listIndices: 'none',
  readOptimizeMetadata: 'none',
  readRepository: 'none',
  listRepositories: 'none',
  findSnapshots: 'none',
  listSnapshots: 'none',
  snapshotProgress: 'none',
  describeIndices: 'none',
  createdVersions: 'none',
  measureIndices: 'none',
  readOperations: 'none',
  readTemplates: 'none',
  indexRecoveries: 'none',
  runningSnapshots: 'none',
  capacity: 'none',
  clusterConditions: 'none',
  storedCopies: 'none',
  aliasOwners: 'none',
  inspectNodes: 'none',
  lackingRights: 'none',
  close: 'none',
  verifyRepository: 'probe',
  createScratchIndex: 'change',
  putRepository: 'change',
  startSnapshot: 'change',
  deleteSnapshot: 'change',
  startRestore: 'change',
  deleteIndices: 'change',
  closeIndices: 'change',
  setIndexBlock: 'change',
  putTemplates: 'change',
} as const satisfies Record<keyof Engine, 'none' | 'probe' | 'change'>;

type Effects = typeof EFFECTS;
type CallsWith<Effect extends Effects[keyof Effects]> = {
  [Call in keyof Effects]: Effects[Call] extends Effect ? Call : never;
}[keyof Effects];

const callsWith = <Effect extends Effects[keyof Effects]>(...effects: readonly Effect[]) =>
  (Object.keys(EFFECTS) as (keyof Effects)[]).filter((call): call is CallsWith<Effect> =>
    (effects as readonly string[]).includes(EFFECTS[call]),
  );

/** Calls that change the engine. */
export type EngineWrite = CallsWith<'change'>;
export const ENGINE_WRITES: readonly EngineWrite[] = callsWith('change');

/** Those that are sent under a lease. */
export type LeasedCall = CallsWith<'change' | 'probe'>;
export const LEASED_CALLS: readonly LeasedCall[] = callsWith('change', 'probe');

const sendChecks = new AsyncLocalStorage<() => void>();

/**
 * Runs `call` so that `check` runs right before each request of it that changes the engine. What it throws rejects the call unchanged, and
 * nothing is sent.
 */
export const checkedBeforeSend = <T>(check: () => void, call: () => Promise<T>): Promise<T> =>
  sendChecks.run(check, call);

/** For adapters: runs the check of the current call, if it has one. */
export const checkBeforeSend = (): void => sendChecks.getStore()?.();
