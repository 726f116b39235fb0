import { type ReadSettings, readSettings, type SettingKey, SettingsError } from './read-settings.ts';

/** The settings of this process. A configuration that does not parse ends it with 2, every problem on standard error. */
export const startSettings = (only?: readonly SettingKey[]): ReadSettings => {
  try {
    return readSettings({
      environment: process.env,
      arguments: process.argv.slice(2),
      ...(only === undefined ? {} : { only }),
    });
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
};
