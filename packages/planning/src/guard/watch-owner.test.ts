import { describe, expect, it } from 'vitest';
import { KeysOfAnother, type OwnerSources, watchOwner } from './watch-owner.ts';

const OURS = 'our-history';

/** Time passes where the test lets it. */
const openWatch = (claim: () => Promise<string>, change: Partial<OwnerSources> = {}) => {
  const warnings: string[] = [];
  const news: string[] = [];
  const sleeps: { readonly ms: number; readonly wake: () => void }[] = [];
  const watch = watchOwner({
    history: { readLine: async () => ({ historyId: OURS }) },
    owner: { claim },
    prefix: '{tandem}',
    everyMs: 10_000,
    log: { info: (_, message) => void news.push(message), warn: (_, message) => void warnings.push(message) },
    sleep: (ms) => new Promise<void>((resolve) => void sleeps.push({ ms, wake: resolve })),
    ...change,
  });
  /** Ends the next wait of that length. */
  const after = async (ms: number): Promise<void> => {
    const is = (sleep: { readonly ms: number }) => sleep.ms === ms;
    await expect.poll(() => sleeps.some(is)).toBe(true);
    sleeps.splice(sleeps.findIndex(is), 1)[0]?.wake();
  };
  return { watch, warnings, news, after };
};

describe('Whose the keys in Redis are', () => {
  it('is settled if the keys are ours, and checked again later', async () => {
    let claims = 0;
    const { watch, after, warnings } = openWatch(async () => {
      claims += 1;
      return OURS;
    });
    await watch.start();
    await watch.owned;
    await after(10_000);
    await expect.poll(() => claims).toBe(2);
    expect(warnings).toEqual([]);
    watch.stop();
  });

  it('reads the history rarely, and again if the keys belong to another one: it may have been restored', async () => {
    let [id, reads] = [OURS, 0];
    const readLine = async () => {
      reads += 1;
      return { historyId: id };
    };
    const { watch, after } = openWatch(async () => id, { history: { readLine } });
    await watch.start();
    await after(10_000);
    await after(10_000);
    expect(reads).toBe(1);
    id = 'restored';
    await after(10_000);
    await expect.poll(() => reads).toBe(2);
    await after(10_000);
    expect(await Promise.race([watch.foreign, 'none'])).toBe('none');
    watch.stop();
  });

  it('notices within ten comparisons that the database was replaced', async () => {
    let id = OURS;
    const readLine = async () => ({ historyId: id });
    const { watch, after } = openWatch(async () => OURS, { history: { readLine } });
    await watch.start();
    id = 'new-history';
    for (let nth = 2; nth <= 10; nth += 1) await after(10_000);
    expect(await Promise.race([watch.foreign, 'none'])).toBe('none');
    await after(10_000);
    expect(String(await watch.foreign)).toContain('new-history');
  });

  it('refuses the start where they are another history’s, and names both and the remedies', async () => {
    const { watch } = openWatch(async () => 'their-history');
    const refusal: unknown = await watch.start().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(KeysOfAnother);
    expect(refusal).toBe(await watch.foreign);
    for (const part of ['their-history', OURS, 'REDIS_PREFIX', 'redis:adopt', 'docs/disaster-recovery.md'])
      expect(String(refusal)).toContain(part);
  });

  it('does not hold up a start while Redis is away, and compares when it comes', async () => {
    let isAway = true;
    const { watch, after, warnings, news } = openWatch(async () => {
      if (isAway) throw new Error('away');
      return OURS;
    });
    await watch.start();
    isAway = false;
    await after(1_000);
    await watch.owned;
    expect(warnings).toEqual(['owner of the Redis keys not known yet; no jobs are taken until it is']);
    expect(news).toEqual(['owner of the Redis keys known: this history']);
    watch.stop();
  });

  it('does not hold up a start while Redis hangs', async () => {
    const { watch, after } = openWatch(() => new Promise(() => undefined));
    const started = watch.start();
    await after(2_000);
    await expect(started).resolves.toBeUndefined();
    expect(await Promise.race([watch.foreign, watch.owned, 'not known yet'])).toBe('not known yet');
    watch.stop();
  });

  it('refuses later what was not there at the start', async () => {
    const answers = [() => Promise.reject(new Error('away')), () => Promise.resolve('their-history')];
    const { watch, after } = openWatch(() => (answers.shift() ?? (() => Promise.resolve('more')))());
    await watch.start();
    await after(1_000);
    expect(await watch.foreign).toBeInstanceOf(KeysOfAnother);
  });

  it('says nothing once it was stopped', async () => {
    const { watch } = openWatch(async () => {
      watch.stop();
      throw new Error('closed');
    });
    await watch.start();
    expect(await Promise.race([watch.foreign, watch.owned, 'nothing'])).toBe('nothing');
  });
});
