import type { EngineKind } from '../../engine-kind.ts';
import {
  canRead,
  canRestore,
  type OldestIndex,
  type ReadingEngine,
  readsAnyIndex,
  type Unreadable,
  whyUnreadable,
} from './compatibility.ts';
import { firstReleaseOf, kindOfId, lastIdOf, majorOfId, SUPPORTED_ENGINES } from './engine-releases.ts';

/** not-known: a version that decides was not recorded. */
export const VERDICTS = ['yes', 'no', 'not-known'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What decides about a part: its snapshot (`index` undefined), or an index in it. */
export type Decider = { readonly part: number; readonly index: string | undefined; readonly versionId: number };

/** Whether the engines of one major can restore something. */
export type EngineVerdict = {
  readonly kind: EngineKind;
  readonly major: number;
  readonly restores: Verdict;
  /** The first release of that major which can; undefined where none can, where it is not known, and where it is newer than those listed. */
  readonly from: string | undefined;
  /** What keeps the others from it: of a refusal what is refused, otherwise what needs the newest release. Undefined: nothing that was recorded. */
  readonly decidedBy: Decider | undefined;
  readonly why: Unreadable | undefined;
};

/** A part as far as it decides. */
export type DecidingPart = {
  readonly number: number;
  readonly versionId: number | undefined;
  /** Of the indices whose versions were recorded. */
  readonly oldestIndex: OldestIndex | undefined;
  /** Whether it holds indices of which it was not recorded which version created them. */
  readonly hasUnrecorded: boolean;
};

type Row = (typeof SUPPORTED_ENGINES)[number];

/** What the last release of a major reads. */
const newestOf = ({ kind, major }: Row) => ({ kind, major, newestReadable: lastIdOf(kind, major) });

const decidersOf = ({ number, versionId, oldestIndex }: DecidingPart): readonly Decider[] => [
  ...(oldestIndex === undefined
    ? []
    : [{ part: number, index: oldestIndex.index, versionId: oldestIndex.createdVersion }]),
  ...(versionId === undefined ? [] : [{ part: number, index: undefined, versionId }]),
];

/** Whether something that was not recorded may be in the way of an engine. */
const isUndecided = ({ versionId, hasUnrecorded }: DecidingPart, engine: ReadingEngine): boolean =>
  versionId === undefined || (hasUnrecorded && !readsAnyIndex(versionId, engine));

/** Whether one engine can restore all of some parts. */
export const restoresAll = (parts: readonly DecidingPart[], engine: ReadingEngine): Verdict => {
  if (parts.some((part) => !canRestore(part, engine))) return 'no';
  return parts.some((part) => isUndecided(part, engine)) ? 'not-known' : 'yes';
};

/** The first release of a supported major that reads a version which its last release reads. */
const firstOf = ({ kind, major, first }: Row, versionId: number): string | undefined =>
  kindOfId(versionId) === kind && majorOfId(versionId) === major ? firstReleaseOf(versionId) : first;

const isNewer = (one: string, other: string): boolean => {
  const [a, b] = [one, other].map((release) => release.split('.').map(Number));
  const at = a?.findIndex((number, index) => number !== b?.[index]) ?? -1;
  return at >= 0 && (a?.[at] ?? 0) > (b?.[at] ?? 0);
};

const verdict = (row: Row, parts: readonly DecidingPart[]): EngineVerdict => {
  const { kind, major } = row;
  const deciders = parts.flatMap(decidersOf);
  const refused = deciders.find(({ versionId }) => !canRead(versionId, newestOf(row)));
  const none = { from: undefined, decidedBy: undefined, why: undefined };
  if (refused !== undefined) {
    const why = whyUnreadable(refused.versionId, newestOf(row));
    return { kind, major, restores: 'no', from: undefined, decidedBy: refused, why };
  }
  if (parts.some((part) => isUndecided(part, newestOf(row)))) return { kind, major, restores: 'not-known', ...none };
  return { kind, major, restores: 'yes', ...needed(row, deciders), why: undefined };
};

const needed = (row: Row, deciders: readonly Decider[]): Pick<EngineVerdict, 'from' | 'decidedBy'> => {
  const all = deciders.map((decider) => ({ from: firstOf(row, decider.versionId), decidedBy: decider }));
  const unlisted = all.find(({ from }) => from === undefined);
  if (unlisted !== undefined) return unlisted;
  return all.reduce<Pick<EngineVerdict, 'from' | 'decidedBy'>>(
    (newest, each) => (isNewer(each.from ?? '', newest.from ?? '') ? each : newest),
    { from: row.first, decidedBy: undefined },
  );
};

/** Which of the supported engines can restore all of some parts, each major on its own. */
export const compatibleEngines = (parts: readonly DecidingPart[]): readonly EngineVerdict[] =>
  SUPPORTED_ENGINES.map((row) => verdict(row, parts));
