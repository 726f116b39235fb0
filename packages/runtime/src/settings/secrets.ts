import { addressesIn } from '@tandem/shared/domain/address/address-list.ts';
import { redisPasswords } from '@tandem/shared/domain/address/redis-address.ts';
import type { Setting } from './setting.ts';
import type { Settings } from './settings-catalogue.ts';
import { settingsCatalogue } from './settings-catalogue.ts';

/** Every text that must not be shown: the values of secret settings; of URLs only the password, plain and encoded. */
export const secretsOf = (settings: Settings): readonly string[] => {
  const values = Object.entries<Setting>(settingsCatalogue).flatMap(([key, setting]) => {
    const value = settings[key as keyof Settings];
    return !setting.secret || typeof value !== 'string' ? [] : secretsIn(setting, value);
  });
  return [...new Set(values)];
};

/** The same of one setting; its value may be invalid. */
export const secretsIn = ({ address }: Pick<Setting, 'address'>, value: string): readonly string[] =>
  (address ? passwordsOf(value) : [value])
    .flatMap((text) => [text, JSON.stringify(text).slice(1, -1)])
    .filter(({ length }) => length >= 3);

/** Returns the line with every secret replaced by `***`. */
export const withoutSecrets = (line: string, secrets: readonly string[]): string =>
  secrets.reduce((text, secret) => (text.includes(secret) ? text.replaceAll(secret, '***') : text), line);

/** In what is no valid URL, too. */
const PASSWORD = /\/\/[^/@\s:]*:([^@\s]+)@/g;

/** Redis URLs with several hosts are not valid URLs. */
const passwordsOf = (value: string): readonly string[] => {
  const urls = addressesIn(value).filter((address) => URL.canParse(address));
  return [
    ...redisPasswords(value),
    ...urls.flatMap((url) => passwordsOfUrl(new URL(url))),
    ...[...value.matchAll(PASSWORD)].map(([, password = '']) => password),
  ].filter((text) => text !== '');
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
