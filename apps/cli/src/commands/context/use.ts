import { usageError } from '../../command-failure.ts';
import { contextOf } from '../../context/config.ts';
import { loadConfig, saveConfig } from '../../context/config-file.ts';
import { argument, localCommand } from '../../program/command.ts';

export const use = localCommand({
  name: 'use',
  description: 'Make a context the current one.',
  arguments: { name: argument('name', 'the name of the context') },
  examples: ['tandem context use production'],
  run: async ({ host, io, args: { name } }) => {
    const config = loadConfig(host, io.say);
    if (contextOf(config, name) === undefined)
      throw usageError(`There is no context ${name}.`, 'See: tandem context list');
    saveConfig(host, { ...config, current: name });
    return { notes: [`Context ${name} is the current one.`] };
  },
});
