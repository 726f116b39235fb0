import { cutList } from '../cut-list.ts';
import { nameList } from '../name-list.ts';
import { type Evidence, type Finding, failed, notKnown, ok, warn } from './finding.ts';

/** A step of the trial that failed. */
export type ScratchProblem = {
  /** "create a snapshot" */
  readonly doing: string;
  readonly words: string;
  /** The user may not do it. */
  readonly forbidden: boolean;
  /** The engine did nothing. */
  readonly refused: boolean;
  /** What may be left behind, by name. */
  readonly left: string | undefined;
};

type Names = { readonly scratch: string; readonly repository: string };

const CHECK = 'engine-privileges';
const REMEDY = "Grant it to the engine's user; docs/security.md has a role with all that Tandem needs.";

/** What backups and restores need in addition to what the trial needs. */
const NOT_TRIED = ["reading and changing Optimize's indices", 'restores', 'templates'];

/** Tandem itself creates no index. */
const isOnlyIndex = ({ doing }: ScratchProblem): boolean => doing === 'create an index';

const sentenceOf = ({ doing, words, forbidden }: ScratchProblem): string =>
  forbidden ? `The user may not ${doing}. ${words}` : `Tried to ${doing}, and failed. ${words}`;

const leftOf = (problems: readonly ScratchProblem[]): readonly string[] => problems.flatMap(({ left }) => left ?? []);

const leftWords = (left: readonly string[]): readonly string[] =>
  left.length === 0 ? [] : [`Left behind, unless it is gone: ${nameList(left, { max: 3 })}.`];

const evidenceOf = (names: Names, problems: readonly ScratchProblem[]): Evidence => {
  const of = (forbidden: boolean) => problems.filter((one) => one.forbidden === forbidden).map(({ doing }) => doing);
  return { ...names, refused: of(true), failed: of(false), left: leftOf(problems) };
};

/** What the user may do, as a trial showed it. */
export const trialFinding = (names: Names, problems: readonly ScratchProblem[]): Finding => {
  if (problems.length === 0) {
    const summary = `Tried: an index and a snapshot of it could be created, read and deleted. Not tried: ${NOT_TRIED.join(', ')}.`;
    return ok(CHECK, summary, { repository: names.repository, notTried: NOT_TRIED });
  }
  const evidence = evidenceOf(names, problems);
  const summary = [...problems.map(sentenceOf), ...leftWords(leftOf(problems))].join(' ');
  const others = problems.filter((problem) => !isOnlyIndex(problem));
  if (others.some(({ forbidden }) => forbidden)) return failed(CHECK, summary, REMEDY, evidence);
  if (others.length > 0) return warn(CHECK, summary, 'See the log of the engine.', evidence);
  return notKnown(
    CHECK,
    `${summary} Snapshots may be created and deleted.`,
    `Let the user create ${names.scratch.replace(/-\d.*/, '-*')} to try more; docs/security.md has the role.`,
    evidence,
  );
};

/** Earlier runs left something that cannot be deleted, or listed: nothing is tried, so that it does not become more. */
export const uncleanFinding = (problems: readonly ScratchProblem[]): Finding => {
  const left = leftOf(problems);
  const [first] = problems.toSorted((one, other) => Number(other.forbidden) - Number(one.forbidden));
  const what = left.length === 0 ? '' : ` Left by earlier runs: ${nameList(left, { max: 3 })}.`;
  const summary = `Nothing was tried. ${first === undefined ? '' : sentenceOf(first)}${what}`;
  const evidence = cutList('left', left);
  if (first?.forbidden === true) return failed(CHECK, summary, REMEDY, evidence);
  return notKnown(CHECK, summary, 'See the log of the engine.', evidence);
};

/** It goes on, and deletes what it created. */
export const lateTrial = (names: Names, limitMs: number): Finding =>
  notKnown(
    CHECK,
    `The trial has not ended within ${limitMs / 1_000} s: index and snapshot ${names.scratch} are deleted as soon as the engine responds.`,
    `Check later that neither is left; the snapshot is in ${names.repository}.`,
    names,
  );

/** Nothing could be tried. */
export const notTried = (why: string): Finding =>
  notKnown(
    CHECK,
    `The engine does not list privileges, and nothing could be tried: ${why}.`,
    'Fix that first; docs/security.md lists what the user needs.',
  );
