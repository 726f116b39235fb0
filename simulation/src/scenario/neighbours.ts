import type { Random } from '../chance/random.ts';

/** Prefixes of other installations that begin with ours; of the last ones some indices could be ours as well. */
const INSTALLATIONS = ['staging', 'process', 'optimize-eu', 'event', 'instant', 'timestamp-based', 'position-based'];
const NAMES = [
  'metadata_v3',
  'import-index_v9',
  'timestamp-based-import-index_v4',
  'alert_v4',
  'dashboard_v8',
  'process-definition_v6',
  'process-instance-k_v8',
  'process-instance-optimize-alert_v8',
];
const COMPONENTS = [
  'operate-list-view-8.3.0_',
  'zeebe-record_process-instance_8.1.0_2022-10-11',
  'tasklist-task-8.5.0_',
];

/** Indices that begin with our prefix and belong to another owner: Tandem must not save or delete them. */
export type Neighbours = {
  readonly names: ReadonlySet<string>;
  /** Those whose names could be ours: they may be saved, and go where an operator names them. */
  readonly couldBeOurs: ReadonlySet<string>;
};

/** What the names say, written down by hand: the rule of the product is not used. */
export const COULD_BE_OURS: Readonly<Record<string, readonly string[]>> = {
  event: ['process-definition_v6', 'process-instance-k_v8', 'process-instance-optimize-alert_v8'],
  instant: ['dashboard_v8'],
  'timestamp-based': ['import-index_v9'],
  'position-based': ['import-index_v9'],
};

export const drawNeighbours = (random: Random, prefix: string): Neighbours => {
  const chosen = random.chance(0.5) ? INSTALLATIONS.filter(() => random.chance(0.25)) : [];
  const components = random.chance(0.3) ? COMPONENTS : [];
  const all = (names: (x: string) => readonly string[]) =>
    chosen.flatMap((x) => names(x).map((name) => `${prefix}-${x}-${name}`));
  return {
    names: new Set([...all(() => NAMES), ...components.map((name) => `${prefix}-${name}`)]),
    couldBeOurs: new Set(all((x) => COULD_BE_OURS[x] ?? [])),
  };
};

/** What shows that there is such an installation. */
export const EVIDENCE = 'metadata_v3';

/** Those that must never be in a backup. */
export const foreignIn = ({ names, couldBeOurs }: Neighbours, indices: readonly string[]): readonly string[] =>
  indices.filter((index) => names.has(index) && !couldBeOurs.has(index));
