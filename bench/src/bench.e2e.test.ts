import { expect, it } from 'vitest';
import { CONTENDERS } from './accept/contenders.ts';
import { accept, measureAccept } from './benchmarks/accept.ts';
import { backup, measureBackup } from './benchmarks/backup.ts';
import { history, measureHistory } from './benchmarks/history.ts';
import { manifest, measureManifest } from './benchmarks/manifest.ts';
import { measureSeal, seal } from './benchmarks/seal.ts';
import { measureState, state } from './benchmarks/state.ts';

const quiet = () => undefined;

// Each rejects by itself when an answer, a state, an index list or a count of rows is not what it should be.

it('accept: every POST of every contender is answered and written, the engine is asked by those who ask it', async () => {
  const { rounds, requests, engineCalls } = await measureAccept('small', quiet);
  for (const contender of CONTENDERS) {
    expect(rounds[contender]).toHaveLength(1);
    expect(rounds[contender][0]?.perSecond).toBeGreaterThan(0);
  }
  expect(engineCalls.unknown).toEqual({});
  expect(engineCalls.answered).toBeGreaterThanOrEqual(requests * 4);
});

it('state: both ways are asked equally often, about a backup among others', async () => {
  const { tandemMs, engineMs, snapshots } = await measureState('small', quiet);
  expect([tandemMs.length, engineMs.length]).toEqual([40, 40]);
  expect(snapshots).toBe(5);
});

it('backup: both ways copy all of the data', async () => {
  const { tiny, large, limited } = await measureBackup('small', quiet);
  expect(tiny).toHaveLength(1);
  expect(large).toHaveLength(1);
  expect(limited).toHaveLength(1);
  for (const { tandemMs, byHandMs } of [...tiny, ...large, ...limited])
    expect(Math.min(tandemMs, byHandMs)).toBeGreaterThan(0);
  expect(large[0]?.bytes).toBeGreaterThan((tiny[0]?.bytes ?? Number.NaN) + 5_000_000);
});

it('manifest: every index is in it, and what was written in between alone is kept anew', async () => {
  const { indices, takenMs, firstBytes } = await measureManifest('small', quiet);
  expect([indices, takenMs.length]).toEqual([120, 1]);
  expect(firstBytes).toBeGreaterThan(500);
});

it('history: every pair is asked both ways for the same, here and over HTTP, and every new backup is written to its end', async () => {
  const { pairs, http, writes, standing } = await measureHistory('small', quiet);
  expect(http.map(({ name }) => name)).toEqual(pairs.map(({ name }) => name));
  expect([pairs.length, writes.full.lifeMs.length, writes.empty.lifeMs.length]).toEqual([8, 5, 5]);
  expect(standing.length).toBeGreaterThan(15);
});

it('seal: every event that was written is sealed, and the chain inline is one', async () => {
  const { perSecond, written, sealed, catchUpPerSecond } = await measureSeal('small', quiet);
  expect(Object.values(perSecond).map((rates) => rates.length)).toEqual([1, 1, 1]);
  expect(written).toBeGreaterThan(100);
  expect(sealed).toBe(written);
  expect(catchUpPerSecond).toBeGreaterThan(0);
});

it('says what it measures', () => {
  for (const { about } of [accept, backup, state, manifest, history, seal]) expect(about).not.toBe('');
});
