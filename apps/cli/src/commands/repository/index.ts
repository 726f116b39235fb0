import type { CommandGroup } from '../../program/command.ts';
import { accept } from './accept.ts';
import { get } from './get.ts';
import { list } from './list.ts';
import { register } from './register.ts';
import { verify } from './verify.ts';

export const repository: CommandGroup = {
  name: 'repository',
  description: 'Register and verify the snapshot repositories of the engine.',
  commands: [list, get, register, verify, accept],
};
