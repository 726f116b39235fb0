import {
  ASPECTS,
  type Aspect,
  type AspectCounts,
  type ManifestDifference,
} from '../restore/manifest/manifest-comparison.ts';
import { asShown, shownComparison } from './stored-names.ts';

/** What is compared of every index: that it is there, that its primary shards are started, and each aspect. */
export const COMPARED = ['exists', 'primariesStarted', ...ASPECTS] as const;
export type Compared = (typeof COMPARED)[number];

/** How many indices. Null: the proof or report is of a version that did not count. */
export type ComparedCounts = {
  readonly indices: number | null;
  readonly unmeasured: number | null;
  readonly different: number | null;
};

type Stored = {
  readonly indices: number;
  readonly compared?: readonly string[];
  readonly aspects?: Readonly<Partial<Record<Aspect, AspectCounts>>> | undefined;
  readonly differences?: readonly Pick<ManifestDifference, 'what'>[];
};

/** A proof, or the report of a restore, as responses show it: counts by what was compared, where words and counts are stored. */
export const shownProof = (stored: object): Record<string, unknown> => {
  const { compared, aspects, ...same } = asShown('proof', stored) as Stored;
  if (compared === undefined) return same;
  const codes = COMPARED.filter(
    (code) => compared.some((word) => shownComparison(word) === code) || isIn(aspects, code),
  );
  return { ...same, compared: Object.fromEntries(codes.map((code) => [code, countsOf(code, { ...same, aspects })])) };
};

const isIn = (aspects: Stored['aspects'], code: Compared): boolean => Object.hasOwn(aspects ?? {}, code);

const countsOf = (code: Compared, { indices, aspects, differences = [] }: Stored): ComparedCounts => {
  if (code === 'primariesStarted') return { indices, unmeasured: 0, different: 0 };
  if (code === 'exists') {
    const missing = differences.filter(({ what }) => what === 'index').length;
    return { indices: indices + missing, unmeasured: 0, different: missing };
  }
  const counts = aspects?.[code];
  if (counts === undefined) return { indices: null, unmeasured: null, different: null };
  return { indices: counts.compared, unmeasured: counts.unmeasured, different: counts.different };
};
