import type { CommandGroup } from '../../program/command.ts';
import { list } from './list.ts';
import { remove } from './remove.ts';
import { set } from './set.ts';
import { show } from './show.ts';
import { use } from './use.ts';

export const context: CommandGroup = {
  name: 'context',
  description: 'Name the Tandems that you talk to, and where their keys are.',
  commands: [show, list, set, use, remove],
};
