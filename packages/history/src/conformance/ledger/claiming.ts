import { expect, it } from 'vitest';
import {
  accepted,
  claimed,
  here,
  hold,
  newCreate,
  operationId,
  claiming as options,
  requested,
  succeeded,
  wait,
} from '../examples.ts';
import type { MakeHistory } from '../history-under-test.ts';

export const claiming = (makeHistory: MakeHistory): void => {
  it('shows the claimant the whole backup', async () => {
    const { history } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    const operation = await claimed(history, id);
    expect(operation).toMatchObject({
      operationId: id,
      kind: 'create',
      revision: 2,
      requestId: 'request-1',
      failedTries: 0,
    });
    expect(operation.failingSince).toBeUndefined();
    expect(operation.now.getTime()).toBeGreaterThanOrEqual(operation.requestedAt.getTime());
    expect(operation.backup).toEqual(await history.findBackup('nightly', here));
    expect(operation.backup.create).toEqual({ operationId: id, state: 'RUNNING', revision: 2 });
  });

  it('goes to one of twenty at once', async () => {
    const { history } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    const claims = await Promise.all(Array.from({ length: 20 }, () => history.claim(id, options)));
    expect(claims.filter(({ claimed }) => claimed)).toHaveLength(1);
    expect(claims.filter(({ claimed }) => !claimed)).toEqual(
      Array.from({ length: 19 }, () => ({ claimed: false, why: 'leased' })),
    );
  });

  it('says why there is none: unknown, leased, early, ended', async () => {
    const { history, advance } = await makeHistory();
    expect(await history.claim(operationId(9), options)).toEqual({ claimed: false, why: 'unknown' });
    const id = await accepted(history, newCreate(1, 'nightly'));
    const { revision } = await claimed(history, id);
    expect(await history.claim(id, options)).toEqual({ claimed: false, why: 'leased' });
    await history.record(id, revision, wait(60_000));
    const early = await history.claim(id, options);
    expect(early).toMatchObject({ claimed: false, why: 'early' });
    const dueInMs = 'dueInMs' in early ? early.dueInMs : 0;
    expect(dueInMs).toBeGreaterThan(50_000);
    expect(dueInMs).toBeLessThanOrEqual(60_000);
    await advance(60_000);
    const again = await claimed(history, id);
    await history.record(id, again.revision, succeeded);
    expect(await history.claim(id, options)).toEqual({ claimed: false, why: 'ended' });
  });

  it('takes what is due within 50 milliseconds as due', async () => {
    const { history, advance } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    const { revision } = await claimed(history, id);
    await history.record(id, revision, wait(60_000));
    await advance(59_960);
    expect(await history.claim(id, options)).toMatchObject({ claimed: true });
  });

  it('passes to another when the lease has run out, and the first writes nothing more', async () => {
    const { history, advance } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    const first = await claimed(history, id);
    await advance(options.leaseMs - 2_000);
    expect(await history.claim(id, options)).toMatchObject({ why: 'leased' });
    await advance(2_000);
    const second = await claimed(history, id, { ...options, worker: 'worker-2' });
    expect(second.revision).toBe(first.revision + 1);

    const before = await history.findBackup('nightly', here);
    const attempt = { part: 1, trigger: 'request', actor: requested.actor, errorClass: undefined } as const;
    const late = await history.record(id, first.revision, {
      parts: [{ number: 1, state: 'FAILED', started: true, indices: ['late'] }],
      events: [requested],
      attempt: { ...attempt, reason: undefined, startedAt: new Date(), nextInMs: undefined },
      repositoryUuid: 'late',
      tries: 'failed',
      outcome: { do: 'end', state: 'FAILED', backup: 'FAILED' },
    });
    expect(late).toEqual({ written: false });
    expect(await history.findBackup('nightly', here)).toEqual(before);
    expect(await history.eventsOf('nightly', 10)).toHaveLength(1);
    expect(await history.attemptsOf(id)).toEqual([]);
    expect(await history.renew(id, first.revision, 1_000)).toBe(false);
    expect(await history.record(id, second.revision, hold)).toMatchObject({ written: true, revision: second.revision });
  });

  it('still writes after its lease has run out while nobody else has claimed', async () => {
    const { history, advance } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    const { revision } = await claimed(history, id);
    await advance(60_000);
    expect(await history.record(id, revision, succeeded)).toMatchObject({ written: true });
  });

  it('is prolonged by renewing', async () => {
    const { history, advance } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    const { revision } = await claimed(history, id);
    await advance(8_000);
    expect(await history.renew(id, revision, 10_000)).toBe(true);
    await advance(8_000);
    expect(await history.claim(id, options)).toMatchObject({ why: 'leased' });
    await history.record(id, revision, succeeded);
    expect(await history.renew(id, revision, 10_000)).toBe(false);
    expect(await history.renew(id, revision + 1, 10_000)).toBe(false);
  });

  it('never shows parts as they were before the last write, however close that was', async () => {
    const { history, advance } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    let { revision } = await claimed(history, id);
    for (let round = 1; round <= 20; round += 1) {
      await advance(60_000);
      const written = history.record(id, revision, { parts: [{ number: 1, started: true }], ...wait(0) });
      const claims = [history.claim(id, options), history.claim(id, options), history.claim(id, options)];
      const [done, ...others] = await Promise.all([written, ...claims]);
      const winner = others.find((claim) => claim.claimed) ?? (await history.claim(id, options));
      if (!winner.claimed) throw new Error('Nobody claimed.');
      expect(winner.operation.backup.parts[0]?.starts).toBe(done.written ? round : round - 1);
      if (!done.written)
        await history.record(id, winner.operation.revision, { parts: [{ number: 1, started: true }], ...hold });
      revision = winner.operation.revision;
    }
  });
};
