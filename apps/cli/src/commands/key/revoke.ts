import { argument, command, shown } from '../../program/command.ts';
import { reason } from '../../program/shared-options.ts';
import { keyDetails } from '../../views/keys.ts';

export const revoke = command({
  name: 'revoke',
  description: 'Revoke a key. Within 10 seconds nothing accepts it any more.',
  arguments: { keyId: argument('key-id', 'the id of the key, such as tdm_4f9a2c7b') },
  options: { reason },
  examples: ['tandem key revoke tdm_4f9a2c7b --reason "the laptop was lost"'],
  run: async ({ client, args, options }) => {
    const body = { reason: options.reason };
    return shown(await client.delete('/api/v1/keys/{keyId}', { params: { path: args }, body }), keyDetails);
  },
});
