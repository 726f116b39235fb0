import { IMPORT_POSITION_NAMES } from './ownership/index-catalogue.ts';

/**
 * How a set of snapshots is made. Nothing in Tandem counts to two by itself: the number of parts, what each holds and how they are
 * named comes from here.
 */
export type PartSelector =
  /** The indices of these catalogue names. */
  | { readonly only: readonly string[] }
  /** Every index that no other part holds. */
  | { readonly rest: true };

export type Profile = {
  readonly name: string;
  /** What snapshot names begin with. */
  readonly namePrefix: string;
  /** In the order in which they are made: a part begins after the one before has ended well. */
  readonly parts: readonly { readonly holds: string; readonly selector: PartSelector }[];
};

/**
 * Part 1 holds the import positions, part 2 everything else: positions older than the data are imported again harmlessly, the other
 * way round loses data (docs/rest.md; Camunda documents both parts).
 */
export const optimize: Profile = {
  name: 'optimize',
  namePrefix: 'camunda_optimize',
  parts: [
    {
      holds: 'import positions',
      selector: { only: IMPORT_POSITION_NAMES },
    },
    { holds: 'everything else', selector: { rest: true } },
  ],
};

/** All profiles, by name. */
export const profiles: Readonly<Record<string, Profile>> = { optimize };

/** The profile of a backup for which none was requested. */
export const defaultProfile: Profile = optimize;
