import { writeFileSync } from 'node:fs';
import { CommandFailure } from '../../command-failure.ts';
import { type Outcome, shown } from '../../program/command.ts';
import { text } from '../../program/options.ts';
import { type CreatedKey, createdKey } from '../../views/keys.ts';

export const keyFile = text(
  '--key-file <path>',
  'write the key into this new file, readable by you only, not to stdout',
);

/** The outcome of a new key, which the API never shows again. With a file the key is there alone, and printed nowhere. */
export const savedKey = <Created extends CreatedKey>(created: Created, file: string | undefined): Outcome => {
  if (file === undefined) return shown(created, createdKey, { notes: ['Store the key now: it is never shown again.'] });
  const { key, ...rest } = created;
  try {
    writeFileSync(file, `${key}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const remedy = `Revoke it and create another: tandem key revoke ${created.keyId} --reason "not stored"`;
    const message = `Key ${created.keyId} was created, but not stored: ${(error as Error).message}.`;
    throw new CommandFailure('failed', message, remedy);
  }
  return shown(rest, createdKey, { notes: [`The key is in ${file}.`] });
};
