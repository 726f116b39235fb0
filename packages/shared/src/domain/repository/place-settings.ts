type Settings = Readonly<Record<string, unknown>>;

/** By type of repository: the settings that say where its data is. */
const placeOf: Readonly<Record<string, readonly string[]>> = {
  fs: ['location'],
  url: ['url'],
  s3: ['bucket', 'base_path', 'client', 'endpoint'],
  gcs: ['bucket', 'base_path', 'client', 'endpoint'],
  azure: ['container', 'base_path', 'client', 'location_mode'],
};

/** Of types that are not listed above everything else may say where the data is. */
const elsewhere: readonly string[] = [
  'max_snapshot_bytes_per_sec',
  'max_restore_bytes_per_sec',
  'compress',
  'chunk_size',
  'readonly',
];

/**
 * What of a repository's type and settings says where its data is: what may change while the data stays is left out. Two that are equal
 * define the same location; two that differ may still do so, for example after a bucket was renamed and its contents copied.
 */
export const placeSettings = (type: string, settings: Settings): Settings => {
  const names = placeOf[type];
  const isLocationSetting = (name: string): boolean =>
    names === undefined ? !elsewhere.includes(name) : names.includes(name);
  return { type, settings: Object.fromEntries(Object.entries(settings).filter(([name]) => isLocationSetting(name))) };
};
