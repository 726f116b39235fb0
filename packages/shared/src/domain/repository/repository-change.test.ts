import { expect, it } from 'vitest';
import { type ChangeOfRepository, changeOfRepository } from './repository-change.ts';

type At = {
  readonly type: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly secretSettings: readonly string[];
};
const at = (location: string, more: Readonly<Record<string, string>> = {}): At => ({
  ...{ type: 'fs', settings: { location, ...more }, secretSettings: [] },
});
const digestOf = (location: string | undefined, type = 'fs') => `digest-of-${type}-${location}`;
const three = (location?: string, isOneLocation = true) => ({
  ...{ backups: 3, settingsDigest: location && digestOf(location), isOneLocation },
});
const none = { backups: 0, settingsDigest: undefined, isOneLocation: true };

it.each<[string, At | undefined, At, ReturnType<typeof three> | typeof none, ChangeOfRepository]>([
  ['the same settings', at('a', { compress: 'true' }), at('a', { compress: 'true' }), three('a'), 'nothing'],
  [
    'the same settings in another order',
    at('a', { compress: 'true' }),
    { ...at('a'), settings: { compress: 'true', location: 'a' } },
    none,
    'nothing',
  ],
  [
    'the same settings, where secrets are registered',
    { ...at('a'), secretSettings: ['key'] },
    at('a'),
    three('a'),
    'settings',
  ],
  ['other tuning', at('a'), at('a', { compress: 'true' }), three('a'), 'settings'],
  ['a new repository', undefined, at('a'), none, 'settings'],
  ['another location of an empty repository', at('a'), at('b'), none, 'settings'],
  ['another location', at('a'), at('b'), three('a'), 'location'],
  ['another location, where no settings are recorded', at('a'), at('b'), three(), 'location'],
  ['another type', at('a'), { ...at('a'), type: 'url' }, three('a'), 'location'],
  ['the recorded location, which is not registered', undefined, at('a'), three('a'), 'settings'],
  ['the recorded location, where another one is registered', at('b'), at('a'), three('a'), 'settings'],
  [
    'the location of the newest, where an older one is registered and holds others',
    at('a'),
    at('b'),
    three('b', false),
    'location',
  ],
  ['the location of the newest, where none is registered', undefined, at('b'), three('b', false), 'settings'],
  ['tuning, where backups are in two locations', at('a'), at('a', { compress: 'true' }), three('b', false), 'settings'],
  ['another location, where none is registered', undefined, at('b'), three('a'), 'location'],
  ['any location, where nothing is known', undefined, at('b'), three(), 'location'],
  ['tuning of a location that is not the recorded one', at('b'), at('b', { compress: 'true' }), three('a'), 'settings'],
])('%s -> %s', (_, now, given, recorded, expected) => {
  const requested = { ...given, settingsDigest: digestOf(given.settings.location, given.type) };
  expect(changeOfRepository({ now, requested, recorded })).toBe(expected);
});
