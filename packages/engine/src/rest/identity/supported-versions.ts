import { SUPPORTED_ENGINES } from '@tandem/shared/domain/supported-engines.ts';
import type { EngineKind } from '../../port.ts';

type Version = readonly [major: number, minor: number, revision: number];

const parsed = (version: string): Version | undefined => {
  const [, major, minor, revision = '0'] = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  return major === undefined || minor === undefined ? undefined : [Number(major), Number(minor), Number(revision)];
};

const compared = (one: Version, other: Version): number =>
  one.map((number, at) => number - (other[at] ?? 0)).find((difference) => difference !== 0) ?? 0;

/** Of these texts the oldest version; undefined: none of them is a version. */
export const oldestOf = (versions: readonly string[]): string | undefined => {
  const known = versions.flatMap((text) => {
    const version = parsed(text);
    return version === undefined ? [] : [{ text, version }];
  });
  return known.sort((one, other) => compared(one.version, other.version))[0]?.text;
};

/** As a message lists them. */
export const SUPPORTED = Object.values(SUPPORTED_ENGINES)
  .map(({ label, words }) => `${label} ${words}`)
  .join(', and ');

/** A newer major is tried: its snapshots are compared with its version like all others. */
export const unsupportedVersion = (kind: EngineKind, version: string): boolean => {
  const known = parsed(version);
  return known === undefined || compared(known, SUPPORTED_ENGINES[kind].oldest) < 0;
};
