import { canonicalJson } from '../canonical-json.ts';
import { locationSettings } from './location-settings.ts';

/** A repository as it is registered, or as it is to be. */
export type Registration = { readonly type: string; readonly settings: Readonly<Record<string, string>> };

/** What the history knows of the backups in a repository. */
export type RecordedBackups = {
  /** Backups that are not deleted. */
  readonly backups: number;
  /** Digest of the settings under which the newest of them was recorded; undefined: not recorded. */
  readonly settingsDigest: string | undefined;
  /** Whether all of them were recorded under the settings of the newest. */
  readonly isOneLocation: boolean;
};

export type RequestedChange = {
  /** Undefined: no repository of that name is registered. */
  readonly now: (Registration & { readonly secretSettings: readonly string[] }) | undefined;
  readonly requested: Registration & { readonly settingsDigest: string };
  readonly recorded: RecordedBackups;
};

/**
 * What registering a repository would change. `nothing`: it is registered with the same settings. `settings`: its data stays where it is, or
 * no backup is recorded in it. `location`: as far as the settings show, recorded backups would no longer be found under its name.
 */
export const CHANGES_OF_REPOSITORY = ['nothing', 'settings', 'location'] as const;
export type ChangeOfRepository = (typeof CHANGES_OF_REPOSITORY)[number];

const isSame = (one: unknown, other: unknown): boolean => canonicalJson(one) === canonicalJson(other);

const locationOf = ({ type, settings }: Registration) => locationSettings(type, settings);

/**
 * Pure: compares what is requested with what is registered and what the recorded backups were written under. The location of the newest backup
 * allows the change only if nothing is registered, so that no backup is found now, or if no other backup was recorded elsewhere.
 */
export const changeOfRepository = ({ now, requested, recorded }: RequestedChange): ChangeOfRepository => {
  const { type, settings, settingsDigest } = requested;
  if (now !== undefined && now.secretSettings.length === 0 && isSame([now.type, now.settings], [type, settings]))
    return 'nothing';
  if (recorded.backups === 0) return 'settings';
  const isOfNewest = settingsDigest === recorded.settingsDigest;
  if (isOfNewest && (now === undefined || recorded.isOneLocation)) return 'settings';
  return now !== undefined && isSame(locationOf(now), locationOf(requested)) ? 'settings' : 'location';
};
