import type { SnapshotOwner } from '@tandem/shared/domain/backup/snapshot.ts';
import { type FailureCode, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { FAILURE_CODES } from '@tandem/shared/domain/failure/failures.ts';
import { expect } from 'vitest';
import type { IndexOptions } from '../in-memory/world.ts';
import type { Engine, OptimizeMetadata } from '../port.ts';

/** What the suite does to the engine in addition to the port. Names are unique to each test, so all tests share one engine. */
export type EngineFixture = {
  createIndex(name: string, docs: number, options?: IndexOptions): Promise<void>;
  /** Not searchable at once, as an engine's writes are not. */
  addDocuments(name: string, documents: readonly object[]): Promise<void>;
  /** `slow`: what is saved into it, or restored from it, takes some minutes, if it is not small. */
  createRepository(name: string, slow?: 'to save' | 'to restore'): Promise<void>;
  /** Flat and persistent; null removes a setting. */
  setClusterSettings(settings: Readonly<Record<string, string | null>>): Promise<void>;
  /** Registers it again with the setting `readonly`. */
  setReadOnly(repository: string, readOnly: boolean): Promise<void>;
  /** Registers it again with the setting `max_number_of_snapshots`; undefined: without. */
  limitSnapshots(repository: string, max: number | undefined): Promise<void>;
  /** Registers it again, at the location of that name; by default at its own. */
  moveRepository(repository: string, location?: string): Promise<void>;
  putMetadata(prefix: string, metadata: OptimizeMetadata): Promise<void>;
  /** A finished snapshot of all indices of the prefix, not made by Tandem. */
  makeForeignSnapshot(repository: string, name: string, indices: readonly string[]): Promise<void>;
  /** Resolves when no snapshot runs in the repository. */
  finishSnapshots(repository: string): Promise<void>;
  /** Resolves when no shard of the indices is being restored any more. */
  finishRestores(indices: readonly string[]): Promise<void>;
};

export type StartedEngine = {
  readonly engine: Engine;
  /** Another client of the same engine, for the test that closes it. */
  connect(): Engine;
  readonly fixture: EngineFixture;
  stop(): Promise<void>;
};

/** One engine for all tests of a suite; engine and fixture are there once the suite runs. */
export type Suite = {
  readonly engine: Engine;
  readonly fixture: EngineFixture;
  connect(): Engine;
  newName(what: string): string;
  withRepository(slow?: 'to save' | 'to restore'): Promise<string>;
  withIndex(): Promise<string>;
  /** What the engine adds to the settings of every new index, and an operator could set too. */
  addedSettings(): Promise<Readonly<Record<string, string>>>;
};

export const suiteOf = (started: () => StartedEngine): Suite => {
  let count = 0;
  const newName = (what: string): string => {
    count += 1;
    return `${what}${count}`;
  };
  return {
    get engine() {
      return started().engine;
    },
    get fixture() {
      return started().fixture;
    },
    connect: () => started().connect(),
    newName,
    async withRepository(slow) {
      const repository = newName('repository');
      await started().fixture.createRepository(repository, slow);
      return repository;
    },
    async addedSettings() {
      const { kind } = await started().engine.info();
      return kind === 'opensearch' ? { 'index.replication.type': 'DOCUMENT' } : {};
    },
    async withIndex() {
      const index = `${newName('data')}-one.two`;
      await started().fixture.createIndex(index, 3);
      return index;
    },
  };
};

/** Enough for a slow repository to take its time. */
export const largeDocument = (): object => ({
  text: Array.from({ length: 40_000 }, () => Math.random()).join(' '),
});

export const owner: SnapshotOwner = {
  backupId: 'backup1',
  operationId: '0198c0de-7000-7000-8000-000000000001',
  part: 1,
  of: 2,
  optimizeVersion: '3.9.0',
  tandem: '0.1.0',
};

export const expectFailure = async (work: Promise<unknown>, code: FailureCode): Promise<void> => {
  const error: unknown = await work.then(
    () => undefined,
    (rejected: unknown) => rejected,
  );
  expect(isFailure(error) ? error.code : error).toBe(code);
  expect(FAILURE_CODES).toContain(code);
};
