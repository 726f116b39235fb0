import type { Command, CommandGroup } from '../program/command.ts';
import { backup } from './backup/index.ts';
import { restore } from './restore/index.ts';

/** Every command of `tandem`, in the order of its help. */
export const commands: readonly (Command | CommandGroup)[] = [backup, restore];
