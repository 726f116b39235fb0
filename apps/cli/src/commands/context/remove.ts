import { usageError } from '../../command-failure.ts';
import { contextOf } from '../../context/config.ts';
import { loadConfig, saveConfig } from '../../context/config-file.ts';
import { argument, localCommand } from '../../program/command.ts';

export const remove = localCommand({
  name: 'remove',
  description: 'Remove a context. The key that it names stays where it is.',
  arguments: { name: argument('name', 'the name of the context') },
  examples: ['tandem context remove staging'],
  run: async ({ host, io, args: { name } }) => {
    const config = loadConfig(host, io.say);
    const { current, contexts } = config;
    if (contextOf(config, name) === undefined)
      throw usageError(`There is no context ${name}.`, 'See: tandem context list');
    const { [name]: _removed, ...others } = contexts;
    const stays = current !== undefined && current !== name;
    saveConfig(host, { ...(stays ? { current } : {}), contexts: others });
    return { notes: [`Context ${name} was removed.${stays ? '' : ' There is no current one now.'}`] };
  },
});
