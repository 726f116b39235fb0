import { addressesIn } from '@tandem/shared/domain/address/address-list.ts';
import { engineUrls } from './catalogue/engine-settings.ts';
import type { SettingKey } from './settings-catalogue.ts';

const OTHER_CREDENTIALS: readonly (readonly [SettingKey, string])[] = [
  ['engineApiKey', 'ENGINE_API_KEY'],
  ['engineUsername', 'ENGINE_USERNAME'],
];

/** A request carries either a signature or the credentials of the engine's own users. */
export const awsContradictions = (values: Readonly<Record<string, unknown>>): readonly string[] => {
  if (values.engineAwsRegion === undefined) return [];
  const addresses = engineUrls.flatMap((name) => addressesOf(values[name]));
  return [
    ...OTHER_CREDENTIALS.filter(([key]) => values[key] !== undefined).map(
      ([, name]) =>
        `ENGINE_AWS_REGION and ${name} are both set: requests are signed, or have a user; unset one of them`,
    ),
    ...(addresses.some(({ username }) => username !== '')
      ? ['ENGINE_AWS_REGION is set: the URL of the engine must not have a user']
      : []),
    ...(addresses.some(({ protocol }) => protocol !== 'https:')
      ? ['ENGINE_AWS_REGION is set: the URL of the engine must begin with https://']
      : []),
  ];
};

const addressesOf = (value: unknown): readonly URL[] =>
  typeof value === 'string' ? addressesIn(value).map((address) => new URL(address)) : [];
