import type { KeptOwnership } from '@tandem/shared/domain/ownership/kept-ownership.ts';
import { expect, it } from 'vitest';
import type { NewCreate } from '../../ports/backups.ts';
import type { History } from '../../ports/history.ts';
import { accepted, claimed, completed, foundSet, here, hold, keyOf, newCreate } from '../examples.ts';
import type { MakeHistory } from '../history-under-test.ts';

const knowing = (...names: readonly string[]): KeptOwnership => ({
  forms: ['plain'],
  classes: names.length === 0 ? {} : { unknown: { names } },
});

const owned = (nth: number, id: string, ownership: KeptOwnership, given: Partial<NewCreate> = {}): NewCreate =>
  newCreate(nth, id, { ownership, ...given });

const previousOf = async (history: History, id: string) => history.previousOwnership(await keyOf(history, id));

export const owning = (makeHistory: MakeHistory): void => {
  it('keeps what of the prefix is not ours, and what a create finds later', async () => {
    const { history } = await makeHistory();
    const id = await accepted(history, owned(1, 'nightly', knowing('optimize-a_v1')));
    const operation = await claimed(history, id);
    expect(operation.backup.ownership).toEqual(knowing('optimize-a_v1'));
    await history.record(id, operation.revision, { ownership: knowing(), ...hold });
    await history.record(id, operation.revision, hold);
    expect((await history.findBackup('nightly', here))?.ownership).toEqual(knowing());
  });

  it('knows nothing of it where nobody wrote it down', async () => {
    const { history } = await makeHistory();
    await accepted(history, newCreate(1, 'nightly'));
    expect((await history.findBackup('nightly', here))?.ownership).toBeUndefined();
    expect((await history.discover(foundSet('found'))).ownership).toBeUndefined();
  });

  it('finds that of the previous backup at the same location and prefix', async () => {
    const { history } = await makeHistory();
    await completed(history, owned(1, 'first', knowing('optimize-a_v1')));
    expect(await previousOf(history, 'first')).toBeUndefined();
    await completed(history, owned(2, 'second', knowing()));
    await completed(history, newCreate(3, 'unrecorded'));
    await completed(history, owned(4, 'third', knowing('optimize-b_v1'), { optimizeVersion: '8.8.0' }));
    expect(await previousOf(history, 'second')).toEqual({ backupId: 'first', ownership: knowing('optimize-a_v1') });
    expect(await previousOf(history, 'third')).toEqual({ backupId: 'second', ownership: knowing() });
  });

  it.each<readonly [string, Partial<NewCreate>]>([
    ['prefix', { indexPrefix: 'optimize-staging' }],
    ['repository', { location: { ...here, repository: 'others', repositoryUuid: 'repository-b' } }],
  ])('has none before of another %s', async (_, given) => {
    const { history } = await makeHistory();
    await completed(history, owned(1, 'first', knowing()));
    await completed(history, owned(2, 'second', knowing(), given));
    expect(await previousOf(history, 'second')).toBeUndefined();
  });
};
