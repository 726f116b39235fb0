import { Command as CommanderCommand, Option as CommanderOption, InvalidArgumentError } from 'commander';
import { CommandFailure } from '../command-failure.ts';
import type { Command, CommandGroup, Option } from './command.ts';
import { type GlobalOptions, globalOptions } from './global-options.ts';
import { wrapExamples } from './help.ts';

/** A command that was parsed: what it was called with. */
export type Invocation = {
  readonly command: Command;
  readonly args: Readonly<Record<string, unknown>>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly global: GlobalOptions;
};

export type ProgramParts = {
  readonly version: string;
  readonly entries: readonly (Command | CommandGroup)[];
  readonly invoke: (invocation: Invocation) => Promise<void>;
  readonly writeOut: (text: string) => void;
  readonly writeErr: (text: string) => void;
  readonly helpWidth: number;
};

const DESCRIPTION = 'Takes, watches, restores and remembers backups of Camunda Optimize.';

/** The commander program of a table of commands. It throws CommanderError instead of exiting. */
export const buildProgram = (parts: ProgramParts): CommanderCommand => {
  const { version, entries, writeOut, writeErr, helpWidth } = parts;
  const program = new CommanderCommand('tandem').description(DESCRIPTION).version(version, '-V, --version');
  program.exitOverride().showHelpAfterError('Use --help to see what there is.');
  const getWidth = () => helpWidth;
  const outputError = (text: string, write: (text: string) => void) => write(text.replace(/^error: /, 'tandem: '));
  program.configureOutput({ writeOut, writeErr, outputError, getOutHelpWidth: getWidth, getErrHelpWidth: getWidth });
  program.configureHelp({ subcommandTerm: (command) => command.name() });
  for (const option of globalOptions()) program.addOption(option);
  for (const entry of entries) {
    if ('run' in entry) addCommand(program, entry, parts);
    else addGroup(program, entry, parts);
  }
  return program;
};

const addGroup = (program: CommanderCommand, group: CommandGroup, parts: ProgramParts): void => {
  const added = program.command(group.name).description(group.description);
  for (const command of group.commands) addCommand(added, command, parts);
};

const addCommand = (parent: CommanderCommand, command: Command, { invoke }: ProgramParts): void => {
  const added = parent.command(command.name).description(command.description);
  const args = Object.entries(command.arguments);
  for (const [, { syntax, description, choices }] of args) {
    const argument = added.createArgument(syntax, description);
    added.addArgument(choices === undefined ? argument : argument.choices(choices));
  }
  const options = Object.entries(command.options).map(([key, option]) => ({ key, option, as: asCommander(option) }));
  for (const one of options) added.addOption(one.as);
  for (const option of globalOptions()) added.addOption(option);
  added.addHelpText('after', wrapExamples(command.examples));
  added.action(async (...called: unknown[]) => {
    const values = added.opts();
    await invoke({
      command,
      args: Object.fromEntries(args.map(([key], nth) => [key, called[nth]])),
      options: Object.fromEntries(
        options.map(({ key, option, as }) => [key, values[as.attributeName()] ?? option.default]),
      ),
      global: added.optsWithGlobals() as GlobalOptions,
    });
  });
};

const asCommander = ({ flags, description, choices, required, parse }: Option<unknown>) => {
  const option = new CommanderOption(flags, description);
  if (choices !== undefined) option.choices(choices);
  if (required === true) option.makeOptionMandatory();
  if (parse !== undefined) option.argParser((text, before: unknown) => parsed(parse, text, before));
  return option;
};

const parsed = (parse: NonNullable<Option<unknown>['parse']>, text: string, before: unknown): unknown => {
  try {
    return parse(text, before);
  } catch (error) {
    throw error instanceof CommandFailure ? new InvalidArgumentError(`It ${error.message}.`) : error;
  }
};
