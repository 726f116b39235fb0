import {
  type EngineCredentials,
  type ReadSettings,
  readEngineCredentials,
  readSettings,
  type SettingKey,
  SettingsError,
} from './read-settings.ts';

/** The settings of this process; `args` is its command line, where it takes none of its own. A configuration that does not parse ends it with 2, every problem on standard error. */
export const startSettings = (
  only?: readonly SettingKey[],
  args: readonly string[] = process.argv.slice(2),
): ReadSettings => {
  try {
    return readSettings({
      environment: process.env,
      arguments: args,
      ...(only === undefined ? {} : { only }),
    });
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
};

/** Those of this process, read again. Throws a SettingsError. */
export const engineCredentialsNow = (): EngineCredentials =>
  readEngineCredentials({ environment: process.env, arguments: process.argv.slice(2) });
