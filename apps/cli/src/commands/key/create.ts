import { ROLES } from '@tandem/shared/domain/identity/role.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { command } from '../../program/command.ts';
import { requiredChoice, requiredText, text } from '../../program/options.ts';
import { optionalReason } from '../../program/shared-options.ts';
import { keyFile, savedKey } from './save-key.ts';

export const create = command({
  name: 'create',
  description: 'Create an API key. It is shown once.',
  options: {
    name: requiredText('--name <name>', 'who uses it, as the history shows it'),
    role: requiredChoice('--role <role>', 'what it may do', ROLES),
    expiresIn: text('--expires-in <time>', 'how long it is accepted, such as 90d; without it until it is revoked'),
    keyFile,
    reason: optionalReason,
  },
  examples: [
    'tandem key create --name nightly-ci --role operator --key-file nightly-ci.key',
    'tandem key create --name auditor --role viewer --expires-in 30d --output json',
  ],
  run: async ({ client, options: { name, role, expiresIn, keyFile: file, reason } }) => {
    const body = omitUndefined({ name, role, expiresIn, reason });
    return savedKey(() => client.post('/api/v1/keys', { body }), file);
  },
});
