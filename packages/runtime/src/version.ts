import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Tandem's own version, as its root package.json has it. */
export const tandemVersion: string = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'))).version;
