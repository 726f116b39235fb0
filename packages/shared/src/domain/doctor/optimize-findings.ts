import { cutList } from '../cut-list.ts';
import { nameList } from '../name-list.ts';
import { omitUndefined } from '../omit-undefined.ts';
import {
  type ClassifiedIndex,
  INDEX_CLASSES,
  type IndexClass,
  isUndecided,
  namesOfClass,
  type Ownership,
} from '../ownership/index-ownership.ts';
import { type Evidence, type Finding, failed, ok, warn } from './finding.ts';

const WORDS = {
  known: 'known',
  ambiguous: 'ambiguous',
  unknown: 'unknown',
  otherComponent: "other components'",
  otherInstallation: "other installations'",
  rehearsalCopy: 'rehearsal copies',
  outside: 'outside the prefix',
} as const satisfies Record<ClassifiedIndex['class'], string>;

/** Not named in the summary: Optimize's own are many, and it lists those that are undecided at its end. */
const COUNTED: readonly IndexClass[] = ['known', 'ambiguous', 'unknown'];

/** By class the number of indices and, where there are some, the first names: `known: 2, knownNames: [...]`. */
const evidenceOf = (ownership: Ownership): Evidence =>
  Object.fromEntries(
    INDEX_CLASSES.flatMap((one) => {
      const names = namesOfClass(ownership, one);
      return names.length === 0 ? [[one, 0]] : Object.entries(cutList(`${one}Names`, names, { count: one }));
    }),
  );

const wordsFor = (ownership: Ownership, one: IndexClass): readonly string[] => {
  const names = namesOfClass(ownership, one);
  if (names.length === 0) return [];
  const words = `${names.length} ${WORDS[one]}`;
  return [COUNTED.includes(one) ? words : `${words} (${nameList(names, { max: 3 })})`];
};

/** How each index below the prefix is classified. */
export const indicesFinding = (prefix: string, ownership: Ownership): Finding => {
  const evidence = { prefix, ...evidenceOf(ownership) };
  const check = 'optimize-indices';
  if (namesOfClass(ownership, 'known').length === 0)
    return failed(
      check,
      `No index of Optimize begins with ${prefix}-: there is nothing to back up.`,
      'Correct CAMUNDA_OPTIMIZE_INDEX_PREFIX, or the address of the engine.',
      evidence,
    );
  const words = INDEX_CLASSES.flatMap((one) => wordsFor(ownership, one)).join(', ');
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
