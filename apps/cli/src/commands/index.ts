import type { Command, CommandGroup } from '../program/command.ts';
import { backup } from './backup/index.ts';
import { doctor } from './doctor.ts';
import { history } from './history/index.ts';
import { repository } from './repository/index.ts';
import { restore } from './restore/index.ts';
import { upgradeCheck } from './upgrade-check.ts';

/** Every command of `tandem`, in the order of its help. */
export const commands: readonly (Command | CommandGroup)[] = [
  backup,
  restore,
  history,
  repository,
  upgradeCheck,
  doctor,
];
