import { randomBytes } from 'node:crypto';
import type { Engine } from '../harness/services/engine.ts';

/** Documents that do not compress. */
export const putBulk = async (engine: Engine, index: string, kilobytes: number): Promise<void> => {
  const text = () => randomBytes(768 * 8).toString('base64');
  await engine.putDocuments(
    index,
    Array.from({ length: Math.ceil(kilobytes / 8) }, () => ({ text: text() })),
  );
};

/** Puts up the brake of a repository: with `putBulk` in an index, its part runs for some seconds. */
export const slowDown = (engine: Engine, repository: string, location: string, perSecond: string): Promise<unknown> =>
  engine.call('PUT', `_snapshot/${repository}`, {
    type: 'fs',
    settings: { location, max_snapshot_bytes_per_sec: perSecond },
  });
