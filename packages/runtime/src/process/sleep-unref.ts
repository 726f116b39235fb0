import { setTimeout as sleep } from 'node:timers/promises';
import type { Sleep } from '@tandem/shared/domain/time-limit.ts';

/** Resolves after that time; keeps no process alive. */
export const sleepUnref: Sleep = (ms, value, options) => sleep(ms, value, { ...options, ref: false });
