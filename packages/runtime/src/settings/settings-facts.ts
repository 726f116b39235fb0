import { addressesIn } from '@tandem/shared/domain/address/address-list.ts';
import { type SettingsFacts, settingsAdvice } from '@tandem/shared/domain/doctor/settings-findings.ts';
import { engineUrls } from './catalogue/engine-settings.ts';
import { certificatesIn } from './certificates.ts';
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
  return { problems, advice: [...foreign, ...related, ...advice], exposure: exposureOf(values) };
};

const exposureOf = ({
  host = '127.0.0.1',
  authMode,
  actuatorAuth,
  managementPort,
  managementHost,
  tlsCertificate,
}: SettingsSurvey['values']): SettingsFacts['exposure'] => {
  const [own] = certificatesIn(tlsCertificate ?? '') ?? [];
  return {
    ...{ host, authMode, actuatorAuth },
    managementHost: managementPort === undefined ? undefined : managementHost,
    certificate: own && { subject: own.subject?.replaceAll('\n', ', ') ?? '', validTo: own.validToDate },
  };
};
