import { accept } from './accept.ts';
import { backup } from './backup.ts';
import type { Benchmark } from './benchmark.ts';
import { history } from './history.ts';
import { manifest } from './manifest.ts';
import { seal } from './seal.ts';
import { state } from './state.ts';

export const benchmarks: Readonly<Record<string, Benchmark>> = { backup, accept, state, manifest, history, seal };
