import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { expect, it } from 'vitest';
import type { History } from '../ports/history.ts';
import { here, newCreate, operationId } from './examples.ts';
import type { MakeHistory } from './history-under-test.ts';
import { backedUp, newRestore } from './restores/examples.ts';

const times = { keepMs: 86_400_000, abandonedMs: 10_000 };
const answer = { backupId: 'nightly', operationId: operationId(1) };
const withKey = (nth: number, key: string, backupId = 'nightly') =>
  newCreate(nth, backupId, { idempotency: { key, answer: { ...answer, backupId } } });

/** Accepts a backup under the key, with that answer. */
const acceptUnder = (history: History, nth: number, key: string, given: unknown) =>
  history.accept(newCreate(nth, `under-${nth}`, { idempotency: { key, answer: given } }));

const overtaken = (error: unknown): boolean =>
  isFailure(error, 'HISTORY_UNREACHABLE') && error.data.cause === 'KEY_OVERTAKEN';

export const keeping = (makeHistory: MakeHistory): void => {
  it('is claimed by one of twenty at once', async () => {
    const { history } = await makeHistory();
    const claims = await Promise.all(Array.from({ length: 20 }, () => history.claimKey('key', 'digest', times)));
    expect(claims.filter(({ claim }) => claim === 'fresh')).toHaveLength(1);
    expect(claims.filter(({ claim }) => claim === 'running')).toHaveLength(19);
    expect(await history.claimKey('key', 'another', times)).toEqual({ claim: 'mismatch' });
    expect(await history.claimKey('another', 'digest', times)).toEqual({ claim: 'fresh' });
  });

  it('replays the first answer', async () => {
    const { history, advance } = await makeHistory();
    await history.claimKey('key', 'digest', times);
    await acceptUnder(history, 1, 'key', answer);
    await expect(acceptUnder(history, 2, 'key', 'another')).rejects.toSatisfy(overtaken);
    await expect(acceptUnder(history, 3, 'never claimed', 'x')).rejects.toSatisfy(overtaken);
    await history.releaseKey('key');
    await advance(times.abandonedMs * 2);
    expect(await history.claimKey('key', 'digest', times)).toEqual({ claim: 'replay', answer });
    expect(await history.claimKey('key', 'another', times)).toEqual({ claim: 'mismatch' });
    expect(await history.claimKey('never claimed', 'digest', times)).toEqual({ claim: 'fresh' });
  });

  it.each([[null], ['text'], [[1, '\u0000 🐘']], [{ status: 202 }]])('keeps an answer as it is: %j', async (kept) => {
    const { history } = await makeHistory();
    await history.claimKey('key', 'digest', times);
    await acceptUnder(history, 1, 'key', kept);
    const claim = await history.claimKey('key', 'digest', times);
    expect(claim).toEqual({ claim: 'replay', answer: JSON.parse(JSON.stringify(kept).replace('\\u0000', '\ufffd')) });
  });

  it('can be claimed again after it was released', async () => {
    const { history } = await makeHistory();
    await history.claimKey('key', 'digest', times);
    await history.releaseKey('key');
    await history.releaseKey('key');
    expect(await history.claimKey('key', 'another', times)).toEqual({ claim: 'fresh' });
  });

  it('can be claimed again by the same body when its process died', async () => {
    const { history, advance } = await makeHistory();
    await history.claimKey('key', 'digest', times);
    await advance(times.abandonedMs - 2_000);
    expect(await history.claimKey('key', 'digest', times)).toEqual({ claim: 'running' });
    await advance(2_000);
    expect(await history.claimKey('key', 'another', times)).toEqual({ claim: 'mismatch' });
    const claims = await Promise.all(Array.from({ length: 5 }, () => history.claimKey('key', 'digest', times)));
    expect(claims.map(({ claim }) => claim).toSorted()).toEqual(['fresh', 'running', 'running', 'running', 'running']);
  });

  it('can be claimed again after the clock was put back, since how long ago it was claimed is not known', async () => {
    const { history, advance } = await makeHistory();
    await history.claimKey('key', 'digest', times);
    await advance(-times.keepMs);
    expect(await history.claimKey('key', 'another', times)).toEqual({ claim: 'mismatch' });
    expect(await history.claimKey('key', 'digest', times)).toEqual({ claim: 'fresh' });
    expect(await history.claimKey('key', 'digest', times)).toEqual({ claim: 'running' });
    await acceptUnder(history, 1, 'key', answer);
    await advance(-times.keepMs);
    expect(await history.claimKey('key', 'digest', times)).toEqual({ claim: 'replay', answer });
  });

  it('is forgotten after a while, answered or not, from the first claim on', async () => {
    const { history, advance } = await makeHistory();
    for (const key of ['answered', 'open', 'taken-over']) await history.claimKey(key, 'digest', times);
    await acceptUnder(history, 1, 'answered', answer);
    await advance(times.keepMs / 2);
    expect(await history.claimKey('taken-over', 'digest', times)).toEqual({ claim: 'fresh' });
    await advance(times.keepMs / 2);
    for (const key of ['answered', 'open', 'taken-over']) {
      expect(await history.claimKey(key, 'another', times)).toEqual({ claim: 'fresh' });
    }
  });

  it('keeps the answer together with the backup', async () => {
    const { history } = await makeHistory();
    await history.claimKey('key', 'digest', times);
    expect(await history.accept(withKey(1, 'key'))).toEqual({ accepted: true, revision: 1 });
    expect(await history.claimKey('key', 'digest', times)).toEqual({ claim: 'replay', answer });
  });

  it('keeps no answer where the backup is refused', async () => {
    const { history } = await makeHistory();
    await history.accept(newCreate(1, 'nightly'));
    await history.claimKey('key', 'digest', times);
    expect(await history.accept(withKey(2, 'key'))).toMatchObject({
      accepted: false,
      existing: { backupId: 'nightly' },
    });
    expect(await history.claimKey('key', 'digest', times)).toEqual({ claim: 'running' });
    await history.releaseKey('key');
    expect(await history.claimKey('key', 'digest', times)).toEqual({ claim: 'fresh' });
  });

  it('lets one backup through per key, also where its claim was taken over', async () => {
    const { history } = await makeHistory();
    await history.claimKey('key', 'digest', times);
    const creates = Array.from({ length: 10 }, (_, at) => withKey(at + 1, 'key', `generated-${at + 1}`));
    const answers = await Promise.allSettled(creates.map((create) => history.accept(create)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const lost = answers.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(lost.every(overtaken), String(lost[0])).toBe(true);
    expect(await history.listOperations({}, undefined, 20)).toHaveLength(1);
    const winner = answers.findIndex(({ status }) => status === 'fulfilled') + 1;
    expect(await history.claimKey('key', 'digest', times)).toMatchObject({
      answer: { backupId: `generated-${winner}` },
    });
  });

  it('accepts nothing under a key that nobody holds', async () => {
    const { history } = await makeHistory();
    await expect(history.accept(withKey(1, 'key'))).rejects.toSatisfy(overtaken);
    expect(await history.findBackup('nightly', here)).toBeUndefined();
  });

  it('keeps the answer together with the restore, which one request gets', async () => {
    const { history } = await makeHistory();
    const key = await backedUp(history, 1);
    await history.claimKey('key', 'digest', times);
    const restores = [2, 3, 4].map((nth) => {
      const idempotency = { key: 'key', answer: { id: operationId(nth) } };
      return newRestore(nth, key, { idempotency });
    });
    const command = await Promise.allSettled(restores.map((restore) => history.requestRestore(restore)));
    const winner = command.findIndex((one) => one.status === 'fulfilled' && one.value.accepted);
    expect(command[winner]).toMatchObject({ value: { accepted: true } });
    expect(await history.claimKey('key', 'digest', times)).toEqual({
      claim: 'replay',
      answer: { id: operationId(winner + 2) },
    });
    expect(await history.listRestores({}, undefined, 10)).toHaveLength(1);
  });

  it('keeps no answer where the restore is refused, and accepts none under a key that nobody holds', async () => {
    const { history } = await makeHistory();
    const key = await backedUp(history, 1);
    const late = newRestore(2, key, { idempotency: { key: 'key', answer } });
    await expect(history.requestRestore(late)).rejects.toSatisfy(overtaken);
    expect(await history.listRestores({}, undefined, 10)).toEqual([]);
    await history.requestRestore(newRestore(3, key));
    await history.claimKey('key', 'digest', times);
    expect(await history.requestRestore(late)).toMatchObject({ accepted: false, why: 'busy' });
    expect(await history.claimKey('key', 'digest', times)).toEqual({ claim: 'running' });
  });
};
