import { describe, expect, it } from 'vitest';
import { commands } from '../commands/index.ts';
import { buildProgram } from './build-program.ts';
import type { Command, CommandGroup } from './command.ts';

const nothing = async () => undefined;

const helpOf = async (path: readonly string[]): Promise<string> => {
  let help = '';
  const program = buildProgram({
    ...{ version: '1.2.3', entries: commands, invoke: nothing, helpWidth: 80 },
    writeOut: (text) => {
      help += text;
    },
    writeErr: nothing,
  });
  await program.parseAsync([...path, '--help'], { from: 'user' }).catch(nothing);
  return help;
};

const pathsOf = (entry: Command | CommandGroup): readonly (readonly string[])[] =>
  'run' in entry ? [[entry.name]] : [[entry.name], ...entry.commands.map(({ name }) => [entry.name, name])];

const paths = [[], ...commands.flatMap(pathsOf)];

describe('help', () => {
  it.each(paths.map((path) => ({ path, name: ['tandem', ...path].join(' ') })))('of $name', async ({ path }) => {
    const help = await helpOf(path);
    expect(help).toMatchSnapshot();
    const longest = help.split('\n').filter((line) => line.length > 80 && !line.startsWith('  $ '));
    expect(longest).toEqual([]);
  });

  const leaves = commands.flatMap((entry) => ('run' in entry ? [entry] : entry.commands.map((one) => one)));

  it('shows examples that begin with the command itself', () => {
    const wrong = commands.flatMap((entry) =>
      ('run' in entry ? [entry] : entry.commands).flatMap(({ name, examples }) => {
        const start = ['tandem', ...('run' in entry ? [name] : [entry.name, name])].join(' ');
        return examples.filter((example) => !`${example} `.startsWith(`${start} `) && !example.includes(`| ${start}`));
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('has no option for a secret', () => {
    const flags = leaves.flatMap(({ options }) => Object.values(options).map((option) => option.flags));
    expect(flags.filter((one) => /--(api-?key|key|password|secret)\b(?!-)/.test(one))).toEqual([]);
  });
});
