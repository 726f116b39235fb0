import type { CommandGroup } from '../../program/command.ts';
import { cancel } from './cancel.ts';
import { get } from './get.ts';
import { list } from './list.ts';
import { plan } from './plan.ts';
import { run } from './run.ts';
import { watch } from './watch.ts';

export const restore: CommandGroup = {
  name: 'restore',
  description: 'Plan, run and follow restores.',
  commands: [plan, run, list, get, watch, cancel],
};
