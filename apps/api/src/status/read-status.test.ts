import { completed, failed, newCreate } from '@tandem/history/conformance/examples.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { Status } from '@tandem/shared/contract/status.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { describe, expect, it } from 'vitest';
import type { PartHealth, Readiness } from '../health/readiness.ts';
import type { RequestContext } from '../http/route.ts';
import { type ReadStatus, readStatus } from './read-status.ts';

const up: PartHealth = { status: 'UP' };
const components = { postgresql: up, redis: up, engine: up, repository: up, history: up, operations: up };
const ready =
  (change: Partial<Readiness['components']> = {}) =>
  async (): Promise<Readiness> => ({
    status: 'UP',
    components: { ...components, ...change },
  });

const setUp = (change: Partial<ReadStatus> = {}) => {
  const history = inMemoryHistory({ now: () => new Date() });
  const asked: string[] = [];
  const read = readStatus({
    ...{ history, readReadiness: ready(), workerSeenWithinMs: 60_000, withinMs: 50, now: () => new Date() },
    readState: async (backupId) => {
      asked.push(backupId);
      return { state: 'COMPLETED' };
    },
    ...change,
  });
  const status = async () => Status.parse(await read({} as RequestContext));
  const codes = async () => (await status()).concerns.map(({ code }) => code);
  return { history, asked, status, codes };
};

describe('GET /api/v1/status', () => {
  it('is not protected without a backup', async () => {
    const { status, asked } = setUp();
    expect(await status()).toMatchObject({
      status: 'not-protected',
      concerns: [{ code: 'no-completed-backup' }],
      backups: { lastCompleted: null, lastProven: null },
      operations: { open: [], more: false, failed: [] },
    });
    expect(asked).toEqual([]);
  });

  it('is at risk while nothing was proven, and looks the last backup up in the engine', async () => {
    const { history, status, asked } = setUp();
    await completed(history, newCreate(1, 'one'));
    expect(await status()).toMatchObject({
      status: 'at-risk',
      concerns: [{ code: 'never-proven', backupId: 'one' }],
      backups: { lastCompleted: { backupId: 'one', verified: true } },
    });
    expect(asked).toEqual(['one']);
  });

  it('goes on to the backup before one that is lost', async () => {
    const readState: ReadStatus['readState'] = async (backupId) => ({
      state: backupId === 'one' ? 'COMPLETED' : 'INCOMPLETE',
    });
    const { history, status } = setUp({ readState });
    await completed(history, newCreate(1, 'one'));
    await completed(history, newCreate(2, 'two'));
    const { backups, concerns } = await status();
    expect(backups?.lastCompleted).toMatchObject({ backupId: 'one', verified: true });
    expect(concerns[0]).toMatchObject({ code: 'backup-lost', backupId: 'two' });
  });

  it.each<[string, Partial<ReadStatus>]>([
    ['does not respond in time', { readState: () => new Promise(() => undefined) }],
    ['shows an earlier state', { readState: async () => ({ state: 'COMPLETED', asOf: new Date() }) }],
    ['refuses', { readState: async () => Promise.reject(fail('ENGINE_FAILED', 'It failed.')) }],
  ])('is unknown where the engine %s', async (_, change) => {
    const { history, status } = setUp(change);
    await completed(history, newCreate(1, 'one'));
    const { backups, ...found } = await status();
    expect(found).toMatchObject({ status: 'unknown', concerns: [{ code: 'backup-unverified' }, {}] });
    expect(backups?.lastCompleted).toMatchObject({ backupId: 'one', verified: false });
  });

  it('does not ask an engine that is down', async () => {
    const { history, asked, codes } = setUp({ readReadiness: ready({ engine: { status: 'DOWN', reason: 'away' } }) });
    await completed(history, newCreate(1, 'one'));
    expect(await codes()).toEqual(['backup-unverified', 'engine-unreachable', 'never-proven']);
    expect(asked).toEqual([]);
  });

  it('is unknown, and says nothing of backups, while PostgreSQL does not respond', async () => {
    const { history } = setUp();
    const broken = { ...history, statusFigures: async () => Promise.reject(fail('HISTORY_UNREACHABLE', 'Away.')) };
    const { status } = setUp({ history: broken });
    expect(await status()).toMatchObject({
      ...{ status: 'unknown', backups: null, operations: null },
      concerns: [{ code: 'history-unreachable', message: expect.stringContaining('Away.') }],
    });
  });

  it('shows what is open, what failed, and what failed since the last backup', async () => {
    const { history, status } = setUp();
    await completed(history, newCreate(1, 'one'));
    await failed(history, newCreate(2, 'two'));
    await history.accept(newCreate(3, 'three'));
    const { operations, concerns } = await status();
    expect(operations?.open.map(({ backupId, state }) => [backupId, state])).toEqual([['three', 'QUEUED']]);
    expect(operations?.failed.map(({ backupId }) => backupId)).toEqual(['two']);
    expect(concerns.map(({ code }) => code)).toEqual(['backup-failed', 'never-proven']);
  });
});
