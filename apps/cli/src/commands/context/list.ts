import { describeKey } from '../../connect/read-key.ts';
import { loadConfig } from '../../context/config-file.ts';
import { table } from '../../output/table.ts';
import { localCommand, shown } from '../../program/command.ts';

const COLUMNS = [{ head: '' }, { head: 'context' }, { head: 'url', min: 20 }, { head: 'key from', min: 16 }] as const;

export const list = localCommand({
  name: 'list',
  description: 'List the contexts; the current one has a star.',
  examples: ['tandem context list'],
  run: async ({ host, io }) => {
    const config = loadConfig(host, io.say);
    const rows = Object.entries(config.contexts).map(([name, { url, key }]) => [
      name === config.current ? '*' : '',
      name,
      url,
      key === undefined ? '-' : describeKey(key),
    ]);
    const none = 'There is no context. Add one: tandem context set NAME --url URL --key-file FILE';
    return shown(config, (_, screen) => table(COLUMNS, rows, screen, none));
  },
});
