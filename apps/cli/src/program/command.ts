import type { Client } from '../connect/client.ts';
import type { ExitName } from '../exit-codes.ts';
import type { Io } from '../io/io.ts';
import type { Screen } from '../output/screen.ts';
import type { Host } from './host.ts';

/*
 * How to add a command
 *
 * 1. Write it in a file of its own in the folder of its group in commands/, with `command({ name, description, arguments, options, examples, run })`; ../commands/backup/get.ts is
 *    the shortest complete one. `localCommand` is for what needs no server.
 * 2. Put it into the list of its group in the index.ts of that folder; a new group also into ../commands/index.ts.
 * 3. Options come from options.ts (`text`, `flag`, `choice`, `wholeNumber`, …; `reason`, `since`, `waiting` are shared). Types follow:
 *    `options.reason` is a string where the option is required, `string | undefined` where it is not.
 * 4. `run` returns an outcome and never prints or exits: `data` is the API's answer as it came (--output json, yaml, ndjson), `view` draws the
 *    table, `exit` is a name of exit-codes.ts (default `ok`), `notes` are lines for stderr. Errors are thrown: ApiError of the client, or a
 *    CommandFailure with exit name, sentence and remedy.
 * 5. With --wait use `waitFor` (../wait/wait-for.ts); to have a deletion confirmed use `confirmed` (confirmed.ts).
 * 6. `npx vitest run --project unit apps/cli -u` writes the snapshot of its help; `npm run docs` the table in docs/cli.md.
 */

/** What a command is called with on the command line, in the order of its keys. */
export type Argument<Value> = {
  readonly syntax: `<${string}>` | `[${string}]`;
  readonly description: string;
  readonly choices?: readonly string[];
  /** The type of what a handler receives; there is no such property. */
  readonly type?: Value;
};

export type Option<Value> = {
  /** As commander reads them: `--reason <text>`, `-o, --output <format>`, `--no-rollback`. */
  readonly flags: string;
  readonly description: string;
  readonly choices?: readonly string[];
  /** Values that completion offers. */
  readonly suggestions?: readonly string[];
  readonly required?: boolean;
  readonly default?: Value;
  /** Throws a usage error, in which the option is not named, if the text is none. `before`: of the same option given earlier. */
  readonly parse?: { of(text: string, before: Value | undefined): Value }['of'];
};

type Shape<Kind> = Readonly<Record<string, Kind>>;
type None = Readonly<Record<never, never>>;
export type Arguments = Shape<Argument<unknown>>;
export type Options = Shape<Option<unknown>>;

type ValuesOf<Of> = {
  readonly [Key in keyof Of]: Of[Key] extends Argument<infer Value> | Option<infer Value> ? Value : never;
};

/** What a handler receives. */
export type Given<A, O> = {
  readonly args: ValuesOf<A>;
  readonly options: ValuesOf<O>;
  readonly io: Io;
};
export type Call<A, O> = Given<A, O> & { readonly client: Client };
/** `connect`: for what needs a Tandem only sometimes. */
export type LocalCall<A, O> = Given<A, O> & { readonly host: Host; readonly connect: () => Promise<Client> };

export type Outcome = {
  /** Equal to the answer of the API. Absent: nothing is printed. */
  readonly data?: unknown;
  /** For --output table. */
  readonly view?: (screen: Screen) => string;
  readonly exit?: ExitName;
  /** Lines for stderr, after the data. */
  readonly notes?: readonly string[];
};

type Described<A, O> = {
  readonly name: string;
  readonly description: string;
  readonly arguments?: A;
  readonly options?: O;
  /** Complete command lines; `help` shows them as they are. */
  readonly examples: readonly [string, ...string[]];
};

export type Command = Required<Described<Arguments, Options>> & {
  /** `server`: it is called with a client. */
  readonly needs: 'server' | 'nothing';
  readonly run: (call: LocalCall<unknown, unknown> & { readonly client?: Client }) => Promise<Outcome>;
};

export type CommandGroup = {
  readonly name: string;
  readonly description: string;
  readonly commands: readonly Command[];
};

/** A command that talks to a Tandem. */
export const command = <const A extends Arguments = None, const O extends Options = None>(
  spec: Described<A, O> & { readonly run: (call: Call<A, O>) => Promise<Outcome> },
): Command => ({
  arguments: {},
  options: {},
  ...spec,
  needs: 'server',
  run: (call) => spec.run(call as unknown as Call<A, O>),
});

/** A command that needs no server. */
export const localCommand = <const A extends Arguments = None, const O extends Options = None>(
  spec: Described<A, O> & { readonly run: (call: LocalCall<A, O>) => Promise<Outcome> },
): Command => ({
  arguments: {},
  options: {},
  ...spec,
  needs: 'nothing',
  run: (call) => spec.run(call as unknown as LocalCall<A, O>),
});

/** The outcome of a command whose answer is shown as a table. */
export const shown = <Data>(
  data: Data,
  view: (data: Data, screen: Screen) => string,
  more: Pick<Outcome, 'exit' | 'notes'> = {},
): Outcome => ({ data, view: (screen) => view(data, screen), ...more });

export const argument = (name: string, description: string): Argument<string> => ({ syntax: `<${name}>`, description });

export const optionalArgument = (name: string, description: string): Argument<string | undefined> => ({
  syntax: `[${name}]`,
  description,
});

/** At least one. */
export const severalArguments = (name: string, description: string): Argument<readonly string[]> => ({
  syntax: `<${name}...>`,
  description,
});

/** None or more. */
export const severalOptionalArguments = (name: string, description: string): Argument<readonly string[]> => ({
  syntax: `[${name}...]`,
  description,
});
