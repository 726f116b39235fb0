import type { Logger } from '@tandem/runtime/logging/logger.ts';
import type { World } from '../scenario/world.ts';
import type { SimulatedProcess } from './simulated-process.ts';

export const logger = (world: World, process: SimulatedProcess): Logger => {
  const write = (level: string) => (data: { readonly operationId?: string; readonly err?: unknown }, message: string) =>
    world.trace?.(`${process.name}  ${level}: ${message} ${data.operationId ?? ''}`);
  return {
    debug: () => undefined,
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  } as unknown as Logger;
};
