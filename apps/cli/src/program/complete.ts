import tab from '@bomb.sh/tab/commander';
import type { Command as CommanderCommand } from 'commander';
import type { Command, CommandGroup } from './command.ts';

type Entries = readonly (Command | CommandGroup)[];

/** What the scripts of `tandem completion` call: prints what may come next. `words`: the command line so far. */
export const complete = (
  program: CommanderCommand,
  entries: Entries,
  words: readonly string[],
  contexts: readonly string[],
): void => {
  const completions = tab(program);
  completions.commands.delete('complete');
  const offer = (values: readonly string[]) => (add: (value: string, description: string) => void) => {
    for (const value of values) add(value, '');
  };
  const context = completions.options.get('context');
  if (context !== undefined) context.handler = offer(contexts);
  for (const { path, command } of leavesOf(entries)) {
    const found = completions.commands.get(path);
    for (const { flags, suggestions } of Object.values(command.options)) {
      const option = found?.options.get(/--([\w-]+)/.exec(flags)?.[1] ?? '');
      if (option !== undefined && suggestions !== undefined) option.handler = offer(suggestions);
    }
    const ofCommand = found?.options.get('context');
    if (ofCommand !== undefined) ofCommand.handler = offer(contexts);
    const name = path.startsWith('context ') ? found?.arguments.get('name') : undefined;
    if (name !== undefined) name.handler = offer(contexts);
  }
  completions.parse([...words]);
};

const leavesOf = (entries: Entries): readonly { readonly path: string; readonly command: Command }[] =>
  entries.flatMap((entry) =>
    'run' in entry
      ? [{ path: entry.name, command: entry }]
      : entry.commands.map((command) => ({ path: `${entry.name} ${command.name}`, command })),
  );
