import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { CommandFailure, usageError } from '../../command-failure.ts';
import { type Outcome, shown } from '../../program/command.ts';
import { text } from '../../program/options.ts';
import { type CreatedKey, createdKey } from '../../views/keys.ts';

export const keyFile = text(
  '--key-file <path>',
  'write the key into this new file, readable by you only, not to stdout',
);

/**
 * The outcome of a new key, which the API never shows again. With a file the key is there alone, and printed nowhere; the file is made first, so that
 * no key is created that cannot be stored.
 */
export const savedKey = async <Created extends CreatedKey>(
  create: () => Promise<Created>,
  file: string | undefined,
): Promise<Outcome> => {
  if (file === undefined) {
    return shown(await create(), createdKey, { notes: ['Store the key now: it is never shown again.'] });
  }
  const opened = newFile(file);
  try {
    const { key, ...rest } = await create();
    store(key, opened, rest.keyId);
    return shown(rest, createdKey, { notes: [`The key is in ${file}.`] });
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  } finally {
    closeSync(opened);
  }
};

const newFile = (file: string): number => {
  try {
    return openSync(file, 'wx', 0o600);
  } catch (error) {
    throw usageError(`The file for the key cannot be made: ${(error as Error).message}.`, 'No key was created.');
  }
};

const store = (key: string, opened: number, keyId: string): void => {
  try {
    writeFileSync(opened, `${key}\n`);
  } catch (error) {
    const remedy = `Revoke it and create another: tandem key revoke ${keyId} --reason "not stored"`;
    throw new CommandFailure(
      'failed',
      `Key ${keyId} was created, but not stored: ${(error as Error).message}.`,
      remedy,
    );
  }
};
