import { cutList } from '../cut-list.ts';
import { nameList } from '../name-list.ts';
import { omitUndefined } from '../omit-undefined.ts';
import { type ClassifiedIndex, INDEX_CLASSES, isUndecided, type Ownership } from '../ownership/index-ownership.ts';
import { type Finding, failed, ok, warn } from './finding.ts';

const WORDS = {
  known: 'known',
  ambiguous: 'ambiguous',
  unknown: 'unknown',
  otherComponent: "other components'",
  otherInstallation: "other installations'",
  rehearsalCopy: 'rehearsal copies',
  outside: 'outside the prefix',
} as const satisfies Record<ClassifiedIndex['class'], string>;

const countsOf = (ownership: Ownership): Readonly<Record<string, number>> =>
  Object.fromEntries(
    INDEX_CLASSES.map((one) => [one, [...ownership.values()].filter((index) => index.class === one).length]),
  );

/** How each index below the prefix is classified. */
export const indicesFinding = (prefix: string, ownership: Ownership): Finding => {
  const counts = countsOf(ownership);
  const evidence = { prefix, ...counts };
  const check = 'optimize-indices';
  if (counts.known === 0)
    return failed(
      check,
      `No index of Optimize begins with ${prefix}-: there is nothing to back up.`,
      'Correct CAMUNDA_OPTIMIZE_INDEX_PREFIX, or the address of the engine.',
      evidence,
    );
  const words = INDEX_CLASSES.filter((one) => (counts[one] ?? 0) > 0)
    .map((one) => `${counts[one]} ${WORDS[one]}`)
    .join(', ');
  const undecided = [...ownership.values()].filter(isUndecided).map(({ name }) => name);
  if (undecided.length === 0) return ok(check, `Indices of Optimize: ${words}.`, evidence);
  return warn(
    check,
    `Indices of Optimize: ${words}. Undecided: ${nameList(undecided.sort(), { max: 5 })}.`,
    'They are backed up; a restore deletes them only if you name them. Move or delete those that are not of Optimize.',
    { ...evidence, ...cutList('undecided', undecided) },
  );
};

/** `unused`: the metadata index of the other form, which was not read. */
export const versionFinding = (version: string, source: string, unused: string | undefined): Finding =>
  ok('optimize-version', `Optimize ${version} (${source}).`, { version, source, ...omitUndefined({ unused }) });
