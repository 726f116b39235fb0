import type { Stored, StoredModel } from './stored-rows.ts';

/*
 * SQL that knows what it gives: an expression knows the type of its value by the columns that it is made of, which come from the schema, and a
 * statement that of its one answer. What Prisma's client can do is not written as SQL (docs/decisions/0027).
 */

declare const VALUE: unique symbol;
declare const ANSWER: unique symbol;

/** An expression whose value is a `Value` once it came as JSON. */
export type Sql<Value> = string & { readonly [VALUE]: Value };
export type ValueOf<Expression> = Expression extends Sql<infer Value> ? Value : never;

/** The one column of a statement's one row. */
type AnswerColumn<Value> = string & { readonly [ANSWER]: Value };

/** A statement that answers one row with a `Value`, or none. */
export type Statement<Value> = string & { readonly [ANSWER]: Value; readonly statement: true };
export type AnswerOf<Type> = Type extends Statement<infer Value> ? Value : never;

type AnswerIn<Parts extends readonly (string | number)[]> =
  Extract<Parts[number], AnswerColumn<unknown>> extends AnswerColumn<infer Value> ? Value : never;

/** A statement; its type is that of the one `answer(…)` in it. */
export const statement = <const Parts extends readonly (string | number)[]>(
  texts: TemplateStringsArray,
  ...parts: Parts
): Statement<AnswerIn<Parts>> => String.raw({ raw: texts }, ...parts) as Statement<AnswerIn<Parts>>;

export const answer = <Value>(value: Sql<Value>) => `${value} AS answer` as AnswerColumn<Value>;

/** An expression that no schema says the type of. */
export const sql = <Value>(text: string) => text as Sql<Value>;

/** As PostgreSQL writes it into JSON. Bytes have to be encoded. */
type InJson<Value> = Value extends Date
  ? string
  : Value extends bigint
    ? number
    : Value extends Uint8Array
      ? never
      : Value;

type Columns<Model extends StoredModel> = {
  readonly [Column in keyof Stored<Model>]-?: Sql<InJson<Stored<Model>[Column]>>;
};

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The columns of a row with that alias, or of the only row, by their names in the schema. */
export const columns = <Model extends StoredModel>(alias?: string): Columns<Model> => {
  const prefix = alias === undefined ? '' : `${alias}.`;
  return new Proxy({} as Columns<Model>, { get: (_, name) => `${prefix}${snakeCase(String(name))}` });
};

type Shape = Readonly<Record<string, Sql<unknown>>>;
type Of<Names extends Shape> = { readonly [Name in keyof Names]: ValueOf<Names[Name]> };

const pairs = (names: Shape): string =>
  Object.entries(names)
    .map(([name, value]) => `'${name}', ${value}`)
    .join(', ');

export const json = <Names extends Shape>(names: Names) => `jsonb_build_object(${pairs(names)})` as Sql<Of<Names>>;

/** As text at once. Of jsonb, which sorts names and is serialized a second time, a long list takes twice the time. */
export const plainJson = <Names extends Shape>(names: Names) => `json_build_object(${pairs(names)})` as Sql<Of<Names>>;
export const plainList = <Value>(value: Sql<Value>, order: string) =>
  `coalesce(json_agg(${value} ${order}), '[]')` as Sql<readonly Value[]>;

/** The names of both. */
export const merged = <One, Other>(one: Sql<One>, other: Sql<Other>) => `${one} || ${other}` as Sql<One & Other>;

/** Where a condition around it rules out that it is null. */
export const given = <Value>(value: Sql<Value>) => value as Sql<unknown> as Sql<NonNullable<Value>>;

/** Of every row, in that order or in any; none: an empty list. */
export const list = <Value>(value: Sql<Value>, order?: string) =>
  `coalesce(jsonb_agg(${value}${order === undefined ? '' : ` ORDER BY ${order}`}), '[]')` as Sql<readonly Value[]>;

/** A lookup in parentheses of at most one row; without a row it is null. */
export const lookup = <Value>(value: Sql<Value>, from: string) => `(SELECT ${value} ${from})` as Sql<Value | null>;

/** A lookup of one row always, as of an aggregate without groups. */
export const total = <Value>(value: Sql<Value>, from: string) => `(SELECT ${value} ${from})` as Sql<Value>;

export const exists = (from: string) => `EXISTS (SELECT ${from})` as Sql<boolean>;

/** Where the condition does not hold it is null. */
export const when = <Value>(condition: string, value: Sql<Value>) =>
  `CASE WHEN ${condition} THEN ${value} END` as Sql<Value | null>;

/** The database's time. */
export const NOW = 'now()' as Sql<string>;

/** Of the rows that follow. */
export const count = () => 'count(*)::int' as Sql<number>;

export const isTrue = (condition: string) => condition as Sql<boolean>;

/** Numbers of 64 bits and ids as text. */
export const text = <Value>(value: Sql<Value>) => `${value}::text` as Sql<Value extends null ? null : string>;
