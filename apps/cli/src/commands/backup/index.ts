import type { CommandGroup } from '../../program/command.ts';
import { compare } from './compare.ts';
import { compatibility } from './compatibility.ts';
import { create } from './create.ts';
import { deleteBackup } from './delete.ts';
import { exportBackups } from './export.ts';
import { get } from './get.ts';
import { hold } from './hold.ts';
import { label } from './label.ts';
import { list } from './list.ts';
import { rehearse } from './rehearse.ts';
import { release } from './release.ts';
import { runbook } from './runbook.ts';
import { wait } from './wait.ts';

export const backup: CommandGroup = {
  name: 'backup',
  description: 'Take, find, prove and delete backups.',
  commands: [
    ...[create, list, get, wait, rehearse, deleteBackup, label, hold, release],
    ...[runbook, compatibility, compare, exportBackups],
  ],
};
