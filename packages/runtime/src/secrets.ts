import { addressesIn } from '@tandem/shared/domain/address-list.ts';
import type { Settings } from './read-settings.ts';
import type { Setting } from './setting.ts';
import { settingsCatalogue } from './settings-catalogue.ts';

/** Every text that must not be shown: the secret settings, and of those that are addresses the password only, plain and encoded. */
export const secretsOf = (settings: Settings): readonly string[] => {
  const values = Object.entries<Setting>(settingsCatalogue).flatMap(([key, setting]) => {
    const value = settings[key as keyof Settings];
    if (!setting.secret || typeof value !== 'string') return [];
    return setting.address ? addressesIn(value).flatMap((address) => passwordsOf(new URL(address))) : [value];
  });
  return [...new Set(values.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]))].filter(
    ({ length }) => length >= 3,
  );
};

/** A line with every occurrence of a secret taken out. */
export const withoutSecrets = (line: string, secrets: readonly string[]): string =>
  secrets.reduce((text, secret) => (text.includes(secret) ? text.replaceAll(secret, '***') : text), line);

const passwordsOf = ({ password, searchParams }: URL): readonly string[] => {
  const all = [password, decoded(password), searchParams.get('password') ?? ''];
  return all.filter((text) => text !== '');
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
