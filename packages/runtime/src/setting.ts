import type { z } from 'zod';

/** One row a setting: the table of docs/settings.md is made of these rows, and a test keeps them the same. */
export type Setting = {
  readonly environment: string;
  /** Where it stands in the YAML file. */
  readonly yaml: string;
  readonly schema: z.ZodType;
  /** As a person would write it; undefined: the setting has none. */
  readonly standard: string | undefined;
  readonly required?: true;
  /** Never shown; may also come from a file named by `{environment}_FILE`. */
  readonly secret?: true;
  /** The value is an address: only the password in it is secret. */
  readonly address?: true;
  /** The value is the path of a file; what is used is its contents. */
  readonly file?: true;
  readonly about: string;
  /** Shown in the table as one row with the others of its name, in place of one each. */
  readonly group?: {
    readonly environment: string;
    readonly yaml: string;
    readonly standard: string;
    readonly about: string;
  };
};

export const row = <const Row extends Setting>(setting: Row): Row => setting;
