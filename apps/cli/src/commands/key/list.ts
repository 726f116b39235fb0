import { command, shown } from '../../program/command.ts';
import { flag } from '../../program/options.ts';
import { keyList } from '../../views/keys.ts';

export const list = command({
  name: 'list',
  description: 'List API keys, without their secrets, which are stored nowhere.',
  options: { ended: flag('--ended', 'also those that have expired or were revoked') },
  examples: ['tandem key list', 'tandem key list --ended --output json'],
  run: async ({ client, options: { ended } }) =>
    shown(await client.get('/api/v1/keys', { params: { query: { ended } } }), keyList),
});
