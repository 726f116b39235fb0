import { expect, it } from 'vitest';
import { KeysUsageError, readKeysArguments } from './keys-arguments.ts';

const words = (line: string) => line.split(' ').filter((word) => word !== '');

it.each([
  [
    'create --role admin --name anna',
    { command: 'create', role: 'admin', name: 'anna', livesMs: undefined, reason: undefined, config: [] },
  ],
  [
    'create --role viewer --name ci --expires 90d --reason release --config a.yaml',
    {
      ...{ command: 'create', role: 'viewer', name: 'ci', livesMs: 90 * 86_400_000 },
      ...{ reason: 'release', config: ['--config', 'a.yaml'] },
    },
  ],
  ['list', { command: 'list', ended: false, config: [] }],
  ['list --ended', { command: 'list', ended: true, config: [] }],
  ['revoke tdm_4f9a2c7b', { command: 'revoke', id: 'tdm_4f9a2c7b', reason: undefined, config: [] }],
  ['generate', { command: 'generate' }],
  ['--help', { command: 'help' }],
  ['create -h', { command: 'help' }],
])('reads %s', (line, command) => {
  expect(readKeysArguments(words(line))).toEqual(command);
});

it.each([
  ['', /create, list, revoke or generate/],
  ['delete', /found "delete"/],
  ['constructor', /found "constructor"/],
  ['create --name ci', /--role must be one of viewer, operator, restorer, admin/],
  ['create --role root --name ci', /--role must be/],
  ['create --role admin', /--name must be/],
  ['create --role admin --name Anna', /--name must be/],
  ['create --role admin --name ci --expires 30s', /--expires must be/],
  ['create --role admin --name ci --expires soon', /--expires must be/],
  ['create --role admin --name ci anna', /create takes options only/],
  ['create --role admin --name ci --ended', /create has no option --ended/],
  ['list --role admin', /list has no option --role/],
  ['generate --config a.yaml', /generate has no option --config/],
  ['revoke', /revoke takes the id/],
  ['revoke ci', /revoke takes the id/],
  ['revoke tdm_4f9a2c7b tdm_8c1d5e0f', /revoke takes the id/],
  ['list --jsn', /--jsn/],
])('refuses %j', (line, message) => {
  expect(() => readKeysArguments(words(line))).toThrow(KeysUsageError);
  expect(() => readKeysArguments(words(line))).toThrow(message);
});

it('does not repeat a key that was given instead of its id', () => {
  const key = `tdm_4f9a2c7b_${'Z'.repeat(49)}`;
  expect(() => readKeysArguments(['revoke', key])).toThrow(/^(?!.*ZZZ)/);
});
