import { addressesIn } from '@tandem/shared/domain/address/address-list.ts';
import { redisPasswords } from '@tandem/shared/domain/address/redis-address.ts';
import type { Setting } from './setting.ts';
import type { Settings } from './settings-catalogue.ts';
import { settingsCatalogue } from './settings-catalogue.ts';

/** Every text that must not be shown: the values of secret settings; of URLs only the password, plain and encoded. */
export const secretsOf = (settings: Settings): readonly string[] => {
  const values = Object.entries<Setting>(settingsCatalogue).flatMap(([key, setting]) => {
    const value = settings[key as keyof Settings];
    if (!setting.secret || typeof value !== 'string') return [];
    return setting.address ? passwordsOf(value) : [value];
  });
  return [...new Set(values.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]))].filter(
    ({ length }) => length >= 3,
  );
};

/** Returns the line with every secret replaced by `***`. */
export const withoutSecrets = (line: string, secrets: readonly string[]): string =>
  secrets.reduce((text, secret) => (text.includes(secret) ? text.replaceAll(secret, '***') : text), line);

/** Redis URLs with several hosts are not valid URLs. */
const passwordsOf = (value: string): readonly string[] => {
  const urls = addressesIn(value).filter((address) => URL.canParse(address));
  return [...redisPasswords(value), ...urls.flatMap((url) => passwordsOfUrl(new URL(url)))].filter(
    (text) => text !== '',
  );
};

const passwordsOfUrl = ({ password, searchParams }: URL): readonly string[] => [
  password,
  decoded(password),
  searchParams.get('password') ?? '',
];

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
