import { canonicalJson } from '../canonical-json.ts';

type Settings = Readonly<Record<string, unknown>>;

/** By type of repository: the settings that determine its location. */
const locationNames: Readonly<Record<string, readonly string[]>> = {
  fs: ['location'],
  url: ['url'],
  s3: ['bucket', 'base_path', 'client', 'endpoint'],
  gcs: ['bucket', 'base_path', 'client', 'endpoint'],
  azure: ['container', 'base_path', 'client', 'location_mode'],
};

/** For types not listed above, all settings except these may determine the location. */
const NOT_LOCATION: readonly string[] = [
  'max_snapshot_bytes_per_sec',
  'max_restore_bytes_per_sec',
  'compress',
  'chunk_size',
  'readonly',
];

/**
 * The type of a repository and those of its settings that determine its location, without settings that may change while the data stays. Equal
 * results are the same location; different ones may also be, for example after a bucket was renamed and its contents copied.
 */
export const locationSettings = (type: string, settings: Settings): Settings => {
  const names = locationNames[type];
  const isLocationSetting = (name: string): boolean =>
    names === undefined ? !NOT_LOCATION.includes(name) : names.includes(name);
  return { type, settings: Object.fromEntries(Object.entries(settings).filter(([name]) => isLocationSetting(name))) };
};

/** SHA-256 in hex of the location settings, as it is recorded with backups. */
export const locationDigest = (type: string, settings: Settings, digestOf: (text: string) => string): string =>
  digestOf(canonicalJson(locationSettings(type, settings)));
