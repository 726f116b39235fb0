import type { z } from 'zod';

/** One row per setting. `npm run docs` writes the table in docs/settings.md from these rows; a test compares them. */
export type Setting = {
  readonly environment: string;
  /** Its path in the YAML file. */
  readonly yaml: string;
  readonly schema: z.ZodType;
  /** As an operator would write it; undefined: no default. */
  readonly default: string | undefined;
  readonly required?: true;
  /** Never shown; may also come from a file named by `{environment}_FILE`. */
  readonly secret?: true;
  /** The value is a URL: only the password in it is secret. */
  readonly address?: true;
  /** The value is the path of a file, whose contents are used. */
  readonly file?: true;
  readonly about: string;
  /** Settings of the same group share one row of the table. */
  readonly group?: {
    readonly environment: string;
    readonly yaml: string;
    readonly default: string;
    readonly about: string;
  };
};

export const row = <const Row extends Setting>(setting: Row): Row => setting;
