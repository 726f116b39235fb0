import { ENGINE_KINDS } from '@tandem/shared/domain/engine-kind.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { usageError } from '../command-failure.ts';
import type { ExitName } from '../exit-codes.ts';
import { argument, command, shown } from '../program/command.ts';
import { page } from '../program/shared-options.ts';
import { pageNotes } from '../views/page-notes.ts';
import { type UpgradeCheck, upgradeCheck as view } from '../views/upgrade-check.ts';

export const upgradeCheck = command({
  name: 'upgrade-check',
  description:
    'Show which backups another engine could not restore, and which indices it could not read. Exit code 1 if there are any, 5 if the indices could not be checked.',
  arguments: { engine: argument('engine', 'kind@version: a release, elasticsearch@9.5.3, or the last one of a line') },
  options: page,
  examples: ['tandem upgrade-check elasticsearch@9', 'tandem upgrade-check opensearch@3 --output json'],
  run: async ({ client, args, options }) => {
    const query = omitUndefined({ ...kindAndVersion(args.engine), ...options });
    const found = await client.get('/api/v1/upgrade-check', { params: { query } });
    return shown(found, view, { exit: exitOf(found), notes: pageNotes(found.backups) });
  },
});

const kindAndVersion = (given: string) => {
  const [name, version, ...rest] = given.split('@');
  const engine = ENGINE_KINDS.find((kind) => kind === name);
  if (engine !== undefined && version && rest.length === 0) return { engine, version };
  const kinds = ENGINE_KINDS.map((kind) => `${kind}@VERSION`).join(' or ');
  throw usageError(`The engine must be given as ${kinds}, such as elasticsearch@9, found ${JSON.stringify(given)}.`);
};

const exitOf = ({ backups, indices }: UpgradeCheck): ExitName => {
  if (backups.unusable.count > 0 || (indices.unreadableCount ?? 0) > 0) return 'failed';
  return indices.known ? 'ok' : 'unreachable';
};
