import type { CommandGroup } from '../../program/command.ts';
import { cancel } from './cancel.ts';
import { get } from './get.ts';
import { list } from './list.ts';
import { release } from './release.ts';
import { retry } from './retry.ts';

export const operation: CommandGroup = {
  name: 'operation',
  description: 'Watch, retry, cancel and release what Tandem works on.',
  commands: [list, get, retry, cancel, release],
};
