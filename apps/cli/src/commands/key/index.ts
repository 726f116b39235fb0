import type { CommandGroup } from '../../program/command.ts';
import { create } from './create.ts';
import { list } from './list.ts';
import { revoke } from './revoke.ts';
import { rotate } from './rotate.ts';

export const key: CommandGroup = {
  name: 'key',
  description: 'Create, list, rotate and revoke API keys.',
  commands: [create, list, rotate, revoke],
};
