import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { argument, command, shown } from '../../program/command.ts';
import { optionalReason } from '../../program/shared-options.ts';
import { verificationFields } from '../../views/repository/repository-verification.ts';
import { exitOfVerification, VERIFYING_MS } from './exit-of-verification.ts';

export const verify = command({
  name: 'verify',
  description:
    'Have every node write a small file into a repository and read it back. Exit code 1 if one cannot, 5 if that is not known.',
  arguments: { name: argument('name', 'the name of the repository') },
  options: { reason: optionalReason },
  examples: [
    'tandem repository verify backups',
    "tandem repository verify backups --reason 'after the storage was replaced'",
  ],
  run: async ({ client, args, options }) => {
    const done = await client.post('/api/v1/repositories/{name}/verify', {
      ...{ params: { path: args }, body: omitUndefined(options), fetch: client.fetchWithin(VERIFYING_MS) },
    });
    return shown(done, verificationFields, { exit: exitOfVerification(done) });
  },
});
