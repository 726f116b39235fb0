import { foreignIndices, optimizeIndices } from '@tandem/local-stack/sample/catalogue.ts';
import { describe, expect, it } from 'vitest';
import { reconcile } from '../harness/requests/reconcile.ts';
import {
  allDocuments,
  indexNames,
  indexShapes,
  planRestore,
  rehearse,
  removeIndices,
  restore,
  untilRestoreEnded,
} from '../harness/requests/restores.ts';
import { backup, create, send, untilOperation } from '../harness/requests/v1.ts';
import { useWorld, type World, type WorldEngine } from '../harness/world.ts';
import { CHECKS, seen } from './checks.ts';

const contents = async ({ engine, prefix }: World) => ({
  documents: await allDocuments(engine, `${prefix}-*`),
  shapes: await indexShapes(engine, `${prefix}-*`),
  foreign: await allDocuments(engine, foreignIndices().join()),
});
type Contents = Awaited<ReturnType<typeof contents>>;

const sizeOf = ({ documents, shapes }: Contents): string =>
  `${Object.keys(shapes).length} indices, ${Object.keys(documents).length} documents`;

/** One round of everything that Tandem does with an engine, by a real API and a real worker. Each test needs those before it. */
export const describeRound = (label: string, engine: () => WorldEngine): void => {
  describe(`Tandem on ${label}`, () => {
    const world = useWorld({ data: 'sample', engine });
    let before: Contents;

    it(CHECKS.ready, async ({ task }) => {
      const { json } = await world.api.call('/actuator/health/readiness');
      expect(json).toMatchObject({
        status: 'UP',
        components: { engine: { status: 'UP' }, repository: { status: 'UP' } },
      });
      seen(task, 'ready', 'UP');
    });

    it(CHECKS.backup, async ({ task }) => {
      before = await contents(world);
      await create(world.api, 'first');
      await world.api.untilState('first', 'COMPLETED', 90_000);
      const snapshots = await world.snapshotsOf('first');
      expect(snapshots).toMatchObject([1, 2].map(() => ({ state: 'SUCCESS', shards: { failed: 0 } })));
      const held = snapshots.flatMap(({ indices }) => indices).sort();
      expect(held).toEqual(
        optimizeIndices(world.prefix)
          .map(({ index }) => index)
          .sort(),
      );
      const { parts } = await backup(world.api, 'first');
      expect(parts.map(({ uuid, hasManifest }) => [uuid, hasManifest])).toEqual(
        snapshots.map(({ uuid }) => [uuid, true]),
      );
      seen(task, 'backup', `COMPLETED, ${sizeOf(before)}`);
    });

    it(CHECKS.restore, async ({ task }) => {
      await removeIndices(world.engine, `${world.prefix}-*`);
      expect(await indexNames(world.engine, `${world.prefix}-*`)).toEqual([]);
      const ended = await untilRestoreEnded(world, await restore(world.api, { backupId: 'first' }), 90_000);
      expect(ended).toMatchObject({ state: 'SUCCEEDED', failure: null, report: { differing: 0 } });
      const after = await contents(world);
      expect(after).toEqual(before);
      seen(task, 'restore', `SUCCEEDED, ${sizeOf(after)}, all as before`);
    });

    it(CHECKS.replace, async ({ task }) => {
      const [victim = ''] = await indexNames(world.engine, `${world.prefix}-process-instance-*`);
      await world.engine.putDocuments(victim, [{ state: 'written later' }]);
      const request = { backupId: 'first', deleteExisting: true };
      const { deletes } = await planRestore(world.api, request);
      expect(deletes).toHaveLength(optimizeIndices(world.prefix).length);
      const id = await restore(world.api, request, { confirm: 'first' });
      const ended = await untilRestoreEnded(world, id, 90_000);
      expect(ended).toMatchObject({ state: 'SUCCEEDED', safetyBackupId: expect.any(String) });
      expect(await contents(world)).toEqual(before);
      const safety = await backup(world.api, String(ended.safetyBackupId));
      expect(safety.state).toBe('COMPLETED');
      seen(task, 'replace', `SUCCEEDED, ${deletes.length} indices replaced, safety backup ${safety.state}`);
    });

    it(CHECKS.rehearsal, async ({ task }) => {
      const ended = await untilRestoreEnded(world, await rehearse(world.api, 'first'), 90_000);
      expect(ended).toMatchObject({ state: 'SUCCEEDED', failure: null, report: { differing: 0 } });
      const { lastFullProof } = await backup(world.api, 'first');
      expect(lastFullProof).toMatchObject({ complete: true });
      expect(await indexNames(world.engine, 'tandem-rehearsal-*')).toEqual([]);
      expect(await contents(world)).toEqual(before);
      seen(task, 'rehearsal', 'SUCCEEDED, full proof, no copy left');
    });

    it(CHECKS.drift, async ({ task }) => {
      await create(world.api, 'damaged');
      await world.api.untilState('damaged', 'COMPLETED', 90_000);
      const [, second] = await world.snapshotsOf('damaged');
      await world.engine.call('DELETE', `_snapshot/${world.repository}/${second?.snapshot}`);
      const [first] = await world.snapshotsOf('first');
      const theirs = 'camunda_optimize_theirs_3.9.0_part_1_of_2';
      await world.engine.takeSnapshot(world.repository, theirs, { indices: first?.indices });
      const { figures, complete } = await reconcile(world.api);
      expect(complete).toBe(true);
      expect(figures).toMatchObject({
        parts: { vanished: 1, replaced: 0, foreign: 0, unread: 0 },
        changed: [
          { backupId: 'damaged', before: 'COMPLETED', state: 'INCOMPLETE', parts: [{ number: 2, is: 'vanished' }] },
        ],
        discovered: [{ backupId: 'theirs', state: 'INCOMPLETE' }],
      });
      seen(task, 'drift', 'one INCOMPLETE, one discovered');
    });

    it(CHECKS.delete, async ({ task }) => {
      const answer = await send(world.api, 'DELETE', '/backups/damaged', {
        reason: 'no longer needed',
        confirm: 'damaged',
      });
      expect(answer.status, answer.text).toBe(202);
      await untilOperation(world, String(answer.json?.operationId), 'SUCCEEDED');
      expect(await world.snapshotsOf('damaged')).toEqual([]);
      expect(await world.snapshotsOf('first')).toHaveLength(2);
      expect((await backup(world.api, 'damaged')).deletedAt).not.toBeNull();
      seen(task, 'delete', 'SUCCEEDED, no snapshot left, history kept');
    });
  });
};
