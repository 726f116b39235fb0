import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { argument, command } from '../../program/command.ts';
import { text } from '../../program/options.ts';
import { optionalReason } from '../../program/shared-options.ts';
import { keyFile, savedKey } from './save-key.ts';

export const rotate = command({
  name: 'rotate',
  description: 'Replace a key by a new one of the same name and role. The old one is accepted for a while.',
  arguments: { keyId: argument('key-id', 'the id of the key, such as tdm_4f9a2c7b') },
  options: {
    overlap: text('--overlap <time>', 'how long the old key is still accepted, 24h by default'),
    keyFile,
    reason: optionalReason,
  },
  examples: ['tandem key rotate tdm_4f9a2c7b --key-file nightly-ci.key --overlap 1h'],
  run: async ({ client, args, options: { overlap, keyFile: file, reason } }) => {
    const body = omitUndefined({ overlap, reason });
    return savedKey(() => client.post('/api/v1/keys/{keyId}/rotate', { params: { path: args }, body }), file);
  },
});
