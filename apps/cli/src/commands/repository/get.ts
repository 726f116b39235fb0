import { CommandFailure } from '../../command-failure.ts';
import { argument, command, shown } from '../../program/command.ts';
import { repositoryDetails } from '../../views/repository/repository-details.ts';

export const get = command({
  name: 'get',
  description: 'Show a repository: its settings without secrets, its backups, and its last verification.',
  arguments: { name: argument('name', 'the name of the repository') },
  examples: ['tandem repository get backups'],
  run: async ({ client, args: { name } }) => {
    const { items, engineFailure } = await client.get('/api/v1/repositories');
    const found = items.filter(({ repository }) => repository === name);
    const one = found.find(({ isRegistered }) => isRegistered === true) ?? found[0];
    if (one !== undefined) return shown(one, repositoryDetails);
    if (engineFailure !== null)
      throw new CommandFailure('unreachable', `The engine could not be read: ${engineFailure.message}`);
    throw new CommandFailure(
      'notFound',
      `No repository has the name ${name}.`,
      'tandem repository list shows them all.',
    );
  },
});
