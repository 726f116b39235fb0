import type { Tables } from './tables.ts';

type Functions = Readonly<Record<string, (tables: Tables, ...rest: never[]) => unknown>>;

type Method<Function> = Function extends (tables: Tables, ...rest: infer Rest) => infer Answer
  ? (...rest: Rest) => Promise<Answer>
  : never;

/** Functions of the tables as methods of a port: each takes effect at once when it is called, and resolves or rejects later. */
export const methods = <Given extends Functions>(
  tables: Tables,
  functions: Given,
): { readonly [Name in keyof Given]: Method<Given[Name]> } =>
  Object.fromEntries(
    Object.entries(functions).map(([name, act]) => [name, async (...rest: never[]) => act(tables, ...rest)]),
  ) as { readonly [Name in keyof Given]: Method<Given[Name]> };
