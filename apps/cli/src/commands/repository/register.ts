import { REPOSITORY_TYPES } from '@tandem/shared/contract/choices.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { usageError } from '../../command-failure.ts';
import { argument, command, type Option, shown } from '../../program/command.ts';
import { negatedFlag, text } from '../../program/options.ts';
import { reason } from '../../program/shared-options.ts';
import { putRepository } from '../../views/repository/put-repository.ts';
import { exitOfVerification, VERIFYING_MS } from './exit-of-verification.ts';

type Settings = Readonly<Record<string, string>>;

/** Commas belong to values, such as the endpoints of a cluster. */
const settings: Option<Settings | undefined> = {
  flags: '--setting <key=value>',
  description: 'a setting of the engine for this type; repeat it for each. Those that are left out are removed',
  parse: (given, before = {}) => {
    const [, key, value] = /^([^=\s]+)=(.*)$/s.exec(given) ?? [];
    if (key === undefined || value === undefined)
      throw usageError(`must be like location=/mnt/backups, found ${JSON.stringify(given)}`);
    return { ...before, [key]: value };
  },
};

const type: Option<(typeof REPOSITORY_TYPES)[number]> = {
  ...{ flags: '--type <type>', description: 'the type of the repository', choices: REPOSITORY_TYPES, required: true },
};

export const register = command({
  name: 'register',
  description:
    'Register a repository in the engine, or replace all of its settings. Deletes and moves nothing. Exit code 1 if a node cannot use it.',
  arguments: { name: argument('name', 'the name of the repository') },
  options: {
    type,
    settings,
    verify: negatedFlag('--no-verify', 'do not have every node verify it'),
    confirm: text(
      '--confirm <name>',
      'the name again, where it leads to another location than that of recorded backups',
    ),
    reason,
  },
  examples: [
    "tandem repository register backups --type fs --setting location=/mnt/backups --reason 'the new mount'",
    "tandem repository register backups --type s3 --setting bucket=camunda --setting base_path=optimize --reason 'moved to S3'",
  ],
  run: async ({ client, args, options: { type: chosen, settings: given = {}, verify, confirm, reason: why } }) => {
    const body = { type: chosen, settings: given, verify, reason: why, ...omitUndefined({ confirm }) };
    const request = { params: { path: args }, body, fetch: client.fetchWithin(VERIFYING_MS) };
    const done = await client.put('/api/v1/repositories/{name}', request);
    const { verification } = done;
    return shown(done, putRepository, { exit: verification === null ? 'ok' : exitOfVerification(verification) });
  },
});
