import { command, shown } from '../../program/command.ts';
import { repositoryList } from '../../views/repository/repository-list.ts';

export const list = command({
  name: 'list',
  description: 'List the repositories of the engine, and those in which backups are recorded.',
  examples: ['tandem repository list', 'tandem repository list --output json'],
  run: async ({ client }) => {
    const found = await client.get('/api/v1/repositories');
    const notes = found.engineFailure === null ? [] : [`The engine could not be read: ${found.engineFailure.message}`];
    return shown(found, ({ items }, screen) => repositoryList(items, screen), { notes });
  },
});
