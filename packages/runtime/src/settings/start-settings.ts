import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import {
  type EngineCredentials,
  type ReadSettings,
  readEngineCredentials,
  readSettings,
  readTlsTexts,
  SettingsError,
  type SettingsSurvey,
  surveySettings,
} from './read-settings.ts';
import type { SettingKey } from './settings-catalogue.ts';
import type { TlsTexts } from './tls-contradictions.ts';

/** The settings of this process. `args`: its command line. An invalid configuration ends the process with 2 and lists every problem on stderr. */
export const startSettings = (
  only?: readonly SettingKey[],
  args: readonly string[] = process.argv.slice(2),
): ReadSettings => {
  try {
    return readSettings({
      environment: process.env,
      arguments: args,
      ...omitUndefined({ only }),
    });
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
};

/** Reads the settings of this process again. Throws a SettingsError. */
export const engineCredentialsNow = (): EngineCredentials =>
  readEngineCredentials({ environment: process.env, arguments: process.argv.slice(2) });

/** What the files of TLS of this process hold now. Throws a SettingsError. */
export const tlsTextsNow = (): TlsTexts => readTlsTexts({ environment: process.env, arguments: process.argv.slice(2) });

/** What the configuration of this process says now. */
export const settingsNow = (): SettingsSurvey =>
  surveySettings({ environment: process.env, arguments: process.argv.slice(2) });
