import { addressesIn } from '@tandem/shared/domain/address/address-list.ts';
import { type SettingsFacts, settingsAdvice } from '@tandem/shared/domain/doctor/settings-findings.ts';
import { engineUrls } from './catalogue/engine-settings.ts';
import type { SettingsSurvey } from './read-settings.ts';

const urlsIn = (value: string | undefined): readonly URL[] =>
  value === undefined ? [] : addressesIn(value).flatMap((address) => (URL.canParse(address) ? [new URL(address)] : []));

/** For the doctor: every problem, every warning, and what is likely to cause trouble. Shows no secret. */
export const settingsFacts = ({ values, problems, related, foreign }: SettingsSurvey): SettingsFacts => {
  const engines = Object.values(engineUrls).flatMap((key) => urlsIn(values[key]));
  const hasCredentials =
    values.enginePassword !== undefined ||
    values.engineApiKey !== undefined ||
    engines.some(({ password }) => password !== '');
  const advice = settingsAdvice({
    engineUrls: engines,
    engineHasCredentials: hasCredentials,
    databaseUrl: urlsIn(values.databaseUrl)[0],
    engineRequestMs: values.engineRequestMs,
  });
  return { problems, advice: [...foreign, ...related, ...advice] };
};
