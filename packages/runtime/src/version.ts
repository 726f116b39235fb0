import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Tandem's version, from the root package.json. */
export const tandemVersion: string = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'))).version;
