import type { CommandGroup } from '../../program/command.ts';
import { create } from './create.ts';
import { get } from './get.ts';
import { list } from './list.ts';
import { wait } from './wait.ts';

export const backup: CommandGroup = {
  name: 'backup',
  description: 'Take, find, prove and delete backups.',
  commands: [create, list, get, wait],
};
