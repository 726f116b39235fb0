import { checkBeforeSend } from '@tandem/engine/calls-port.ts';
import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import type { Engine } from '@tandem/engine/port.ts';
import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import { describe, expect, it } from 'vitest';
import { LeaseLost } from '../lease.ts';
import { guardedEngine } from './guarded-engine.ts';

const owner = { backupId: 'b', operationId: 'o', part: 1, of: 2, optimizeVersion: '3.9.0', tandem: '0.1.0' };
const noTemplates = { lifecyclePolicies: {}, componentTemplates: {}, indexTemplates: {}, legacyTemplates: {} };

/** One call of each that changes the engine. */
const WRITES = {
  verifyRepository: (engine) => engine.verifyRepository('backups'),
  startSnapshot: (engine) =>
    engine.startSnapshot({ repository: 'backups', name: 'one', indices: ['optimize-a'], owner }),
  deleteSnapshot: (engine) => engine.deleteSnapshot('backups', 'one'),
  startRestore: (engine) =>
    engine.startRestore({ repository: 'backups', snapshot: 'one', indices: ['a'], rename: undefined, as: 'saved' }),
  deleteIndices: (engine) => engine.deleteIndices(['optimize-a']),
  closeIndices: (engine) => engine.closeIndices(['optimize-a']),
  setIndexBlock: (engine) => engine.setIndexBlock(['optimize-a'], 'write', 'lift'),
  putTemplates: (engine) => engine.putTemplates(noTemplates),
} satisfies Partial<Record<keyof Engine, (engine: Engine) => Promise<unknown>>>;
const names = Object.keys(WRITES) as (keyof typeof WRITES)[];

/** The engine of a tick, and in order what was asked of it, of the lease and of the history. */
const setUp = (
  kind: 'create' | 'delete',
  { isHeld = true, leadsTo = undefined as string | undefined, remembers = true } = {},
) => {
  const steps: string[] = [];
  const engine = inMemoryEngine();
  const answer = engine.info;
  const watched = Object.fromEntries(
    Object.keys(engine).map((name) => [
      name,
      async (...given: never[]) => {
        steps.push(name);
        return name === 'info' ? answer(...(given as [])) : undefined;
      },
    ]),
  ) as unknown as Engine;
  if (leadsTo !== undefined) engine.leadTo(leadsTo);
  const operation = {
    kind,
    backup: { location: { clusterUuid: 'in-memory-cluster' } },
    detail: remembers && kind === 'delete' ? { clusterUuid: 'in-memory-cluster' } : {},
  } as unknown as ClaimedOperation;
  const tools = {
    assertHeld: () => {
      steps.push('lease');
      if (!isHeld) throw new LeaseLost('the lease on operation o has run out');
    },
    record: async (change: OperationChange) => {
      steps.push(`record ${JSON.stringify(change.detail)}`);
    },
  };
  return { guarded: guardedEngine(watched, operation, tools as never), steps };
};

describe.each(names)('%s', (name) => {
  it('is sent to the cluster of the operation, right after the lease was found to be held', async () => {
    const { guarded, steps } = setUp('create');
    await WRITES[name](guarded);
    expect(steps).toEqual(['info', 'lease', name]);
  });

  it('is not sent once the lease is lost', async () => {
    const { guarded, steps } = setUp('create', { isHeld: false });
    await expect(WRITES[name](guarded)).rejects.toThrow(LeaseLost);
    expect(steps).toEqual(['info', 'lease']);
  });

  it('is not sent to another cluster', async () => {
    const { guarded, steps } = setUp('create', { leadsTo: 'another-cluster' });
    await expect(WRITES[name](guarded)).rejects.toMatchObject({ code: 'CLUSTER_CHANGED' });
    expect(steps).toEqual(['info']);
  });
});

it('checks the lease again where the engine compares an address before it sends', async () => {
  let isHeld = true;
  const sent: string[] = [];
  const comparing: Engine = {
    ...inMemoryEngine(),
    deleteIndices: async () => {
      isHeld = false;
      checkBeforeSend();
      sent.push('deleteIndices');
    },
  };
  const operation = { kind: 'create', backup: { location: { clusterUuid: 'in-memory-cluster' } }, detail: {} };
  const assertHeld = () => {
    if (!isHeld) throw new LeaseLost('the lease on operation o has run out');
  };
  const guarded = guardedEngine(comparing, operation as never, { assertHeld } as never);
  await expect(guarded.deleteIndices(['optimize-a'])).rejects.toThrow(LeaseLost);
  expect(sent).toEqual([]);
});

it('records the cluster of a deletion with its first call, before it is sent, and holds it to that', async () => {
  const { guarded, steps } = setUp('delete', { remembers: false });
  await guarded.deleteSnapshot('backups', 'one');
  await guarded.deleteSnapshot('backups', 'two');
  const record = 'record {"clusterUuid":"in-memory-cluster"}';
  expect(steps).toEqual(['info', record, 'lease', 'deleteSnapshot', 'info', 'lease', 'deleteSnapshot']);
});

it('records no cluster of a deletion while the engine does not say which it is', async () => {
  const { guarded, steps } = setUp('delete', { leadsTo: '_na_', remembers: false });
  await guarded.deleteSnapshot('backups', 'one');
  expect(steps).toEqual(['info', 'lease', 'deleteSnapshot']);
});

it('does not send a deletion to another cluster than the one of its first call', async () => {
  const { guarded, steps } = setUp('delete', { leadsTo: 'another-cluster' });
  await expect(guarded.deleteSnapshot('backups', 'two')).rejects.toMatchObject({ code: 'CLUSTER_CHANGED' });
  expect(steps).toEqual(['info']);
});

it('lets reads through as they are', async () => {
  const { guarded, steps } = setUp('create', { isHeld: false, leadsTo: 'another-cluster' });
  await guarded.findSnapshots('backups', ['one']);
  expect(steps).toEqual(['findSnapshots']);
});
