import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import type { PartRecord } from '@tandem/shared/domain/backup/backup.ts';
import { type EngineFailureCode, fail } from '@tandem/shared/domain/failure/failure.ts';
import { expect, it } from 'vitest';
import { sendStart } from './send-start.ts';

const REPOSITORY = 'backups';
const owner = { backupId: 'b', operationId: 'ours', part: 1, of: 2, optimizeVersion: '3.9.0', tandem: '0.0.0' };
const snapshot = { repository: REPOSITORY, name: 'one', indices: ['optimize-a'], owner };

const setUp = () => {
  const engine = inMemoryEngine();
  engine.createRepository(REPOSITORY);
  engine.createIndex('optimize-a');
  const records: unknown[] = [];
  const record = async (change: unknown) => void records.push(change);
  const tools = { record, assertHeld: () => undefined };
  const send = () => sendStart(engine, snapshot, { number: 1 } as PartRecord, tools);
  const failed = (code: EngineFailureCode, when: 'before' | 'after' = 'before') =>
    engine.failNext('startSnapshot', fail(code, 'no', { call: 'startSnapshot' }), when);
  const asked = () => engine.calls.map(({ method, subject }) => [method, subject]);
  return { engine, records, send, failed, asked };
};
const sent = ['startSnapshot', 'one'];

it('is content with a create that the engine accepted', async () => {
  const { send, records, asked } = setUp();
  await send();
  expect({ asked: asked(), records }).toEqual({ asked: [sent], records: [] });
});

it('believes what is there more than an error that something between may have answered', async () => {
  const { send, failed, asked } = setUp();
  failed('ENGINE_FAILED', 'after');
  await send();
  expect(asked()).toEqual([sent, ['findSnapshots', 'one']]);
});

it.each([
  ['nothing', undefined],
  ['a snapshot that nobody signed', { owner: undefined }],
  ['a snapshot of another create', { owner: { ...owner, operationId: 'another' } }],
])('rejects with the error where %s has the name', async (_, there) => {
  const { engine, send, failed } = setUp();
  if (there !== undefined) engine.putSnapshot(REPOSITORY, { name: 'one', indices: [], ...there });
  failed('ENGINE_FAILED');
  await expect(send()).rejects.toMatchObject({ code: 'ENGINE_FAILED' });
});

it('rejects with what is behind an error of no type: the repository cannot be used', async () => {
  const { engine, send, failed } = setUp();
  failed('ENGINE_FAILED');
  engine.failNext('readRepository', fail('REPOSITORY_UNAVAILABLE', 'no space', { call: 'readRepository' }));
  await expect(send()).rejects.toMatchObject({ code: 'REPOSITORY_UNAVAILABLE' });
});

it('plans the part again where an index went since it was planned', async () => {
  const { engine, send, records } = setUp();
  engine.deleteIndex('optimize-a');
  await expect(send()).rejects.toMatchObject({ code: 'INDEX_NOT_FOUND' });
  expect(records).toEqual([{ parts: [{ number: 1, state: 'PLANNED' }] }]);
});

it.each<EngineFailureCode>(['ENGINE_TIMEOUT', 'ENGINE_REFUSED'])(
  'leaves %s as it is, and looks at nothing',
  async (code) => {
    const { send, failed, asked, records } = setUp();
    failed(code, 'after');
    await expect(send()).rejects.toMatchObject({ code });
    expect({ asked: asked(), records }).toEqual({ asked: [sent], records: [] });
  },
);
