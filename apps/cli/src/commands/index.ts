import type { Command, CommandGroup } from '../program/command.ts';
import { backup } from './backup/index.ts';
import { completion } from './completion.ts';
import { context } from './context/index.ts';
import { doctor } from './doctor.ts';
import { history } from './history/index.ts';
import { key } from './key/index.ts';
import { operation } from './operation/index.ts';
import { repository } from './repository/index.ts';
import { restore } from './restore/index.ts';
import { status } from './status.ts';
import { upgradeCheck } from './upgrade-check.ts';
import { whoami } from './whoami.ts';

/** Every command of `tandem`, in the order of its help. */
export const commands: readonly (Command | CommandGroup)[] = [
  ...[status, whoami, backup, restore, operation, history, repository, upgradeCheck, doctor],
  ...[key, context, completion],
];
