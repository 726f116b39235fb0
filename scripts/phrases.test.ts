import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

/** What is checked. Tests and generated files are not; add a root once it is clean. */
const ROOTS = [
  'apps/api/src',
  'apps/cli/src',
  'apps/worker/src',
  'bench',
  'mutation',
  'packages/engine/src',
  'packages/history/src',
  'packages/local-stack/src',
  'packages/planning/src',
  'packages/queue/src',
  'packages/runtime/src',
  'packages/shared/src',
  'simulation',
  'scripts',
  'docs',
  'README.md',
  'ARCHITECTURE.md',
];

const EXTENSIONS = '{ts,mjs,md,sh,yml}';
const NOT_CHECKED = /\.test\.ts$|\/generated\/|\/node_modules\/|^docs\/faults\.md$/;

type Rule = readonly [found: RegExp, instead: string];

/** In sentences and in names alike: `whatIsTold` is read as "what is told". */
const PHRASES: readonly Rule[] = [
  [/\b(un)?told\b/, 'reported, returned, logged'],
  [/\banew\b|\bonce more\b/, 'again, re-created, retried'],
  [/\bmend(s|ed|ing)?\b/, 'fix, repair, resolved'],
  [/\bsomebody\b|\bsomebody else\b|\ba person\b/, 'an operator, the caller, another process'],
  [/\bwish(es|ed)?\b/, 'request, command'],
  [/\bgiven up\b/, 'exhausted its retries, abandoned'],
  [/\bstrays?\b/, 'orphan'],
  [/\b(take|taken|takes|taking|took) back\b/, 'roll back'],
  [/\b(give|given|gives|giving|gave) back\b/, 'release'],
  [/\btakes? turns\b|\bin a ring\b/, 'lock order, deadlock'],
  [/\bears?\b|\bspeakers?\b|\bdeaf\b/, 'subscriber, publisher, unsubscribe'],
  [/\b(goes|go|going|went) on from\b|\bcarr(y|ies|ied) on\b/, 'resume'],
  [/\blets? us in\b/, 'accepted the credentials'],
  [/\bthe world\b/, 'the cluster'],
  [/\bpass(ed|es)? over\b/, 'ignored, skipped'],
  [
    /\b(a|the|each|every|this|that|its|one|last|first|next|second) look\b|\blook(s|ed)? at\b/,
    'read, check, poll, query',
  ],
  [/\bbesides\b/, 'also, in addition'],
  [/\b(is|are|be|was|were|not|and) whole\b/, 'complete, intact'],
  [/\*\* answers\b/, 'returns'],
];

/** In names only: `mostRows`, `placeOf`, `KEPT`; in a sentence these words are fine. */
const NAMES: readonly Rule[] = [
  [/\bmost (?!recent)|^most$|\bleast\b/, 'max, min'],
  [/\bplaces?\b/, 'cursor (in a list), location (of a set)'],
  [/\basked\b|\bwanted\b/, 'request, requested'],
  [/^(is |was |late )?whole$/, 'complete, intact'],
];

/** Read as if they were not there: ordinary English, and names that are stored, part of a public contract, or Optimize's. */
const ALLOWED = /\bplaceholders?\b|\bin place\b|\btake place\b|\bpart not whole\b|\bsecond look\b/g;

/** Stored or public names, by the file that declares or fills them. */
const ALLOWED_IN: Readonly<Record<string, readonly string[]>> = {
  'apps/worker/src/jobs/restore/compare/rehearsal-evidence.ts': ['whole'],
  'packages/history/src/conformance/restores/proving.ts': ['whole'],
  'packages/history/src/conformance/search/searching.ts': ['whole'],
  'packages/history/src/conformance/status.ts': ['whole'],
  'packages/history/src/conformance/summary.ts': ['whole'],
  'packages/shared/src/domain/backup/backup.ts': ['whole'],
  'packages/shared/src/domain/history/stored-names.ts': ['whole', 'untold'],
};

/** SQL in template literals counts as text: its names are checked by PHRASES only. */
const COMMENT_OR_STRING = /\/\*[\s\S]*?\*\/|(?<![:\\])\/\/.*|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g;
const spelledOut = (text: string): string =>
  text
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/(?<=\w)_(?=\w)/g, ' ')
    .toLowerCase()
    .replaceAll(ALLOWED, (allowed) => ' '.repeat(allowed.length));

/** The same lines without comments and strings. */
const namesOnly = (text: string): string => text.replaceAll(COMMENT_OR_STRING, (cut) => cut.replaceAll(/[^\n]/g, ' '));

type Found = { readonly line: number; readonly phrase: string; readonly instead: string };

const found = (text: string, rules: readonly Rule[], read: (line: string) => readonly string[]): readonly Found[] =>
  text.split('\n').flatMap((line, at) =>
    read(line).flatMap((words) =>
      rules.flatMap(([phrase, instead]) => {
        const match = phrase.exec(words);
        return match === null ? [] : [{ line: at + 1, phrase: match[0], instead }];
      }),
    ),
  );

const names = (line: string): readonly string[] => (line.match(/[A-Za-z_$][\w$]*/g) ?? []).map(spelledOut);

const allPhrases = (path: string, text: string): readonly Found[] => [
  ...found(text, PHRASES, (line) => [spelledOut(line)]),
  ...(path.endsWith('.ts') ? found(namesOnly(text), NAMES, names) : []),
];

const oddPhrases = (path: string, text: string): readonly string[] =>
  allPhrases(path, text)
    .filter(({ phrase }) => !ALLOWED_IN[path]?.includes(phrase))
    .map(({ line, phrase, instead }) => `${path}:${line}: "${phrase.trim()}": write ${instead}`);

const checkout = fileURLToPath(new URL('..', import.meta.url));
const textOf = (path: string): string => readFileSync(`${checkout}/${path}`, 'utf8');

it.each([
  ['/** What is told of a backup. */', 'told'],
  ['const whatIsTold = 1;', 'told'],
  ['const MOST_ROWS = 1;', 'most'],
  ['const leastFree = 1;', 'least'],
  ["fail('The snapshot is whole.')", 'is whole'],
  ['/** Answers the row. */', '** answers'],
  ['const placeOf = 1;', 'place'],
])('finds the phrase in %s', (line, phrase) => {
  expect(oddPhrases('a.ts', line)).toEqual([expect.stringContaining(`a.ts:1: "${phrase}"`)]);
});

it.each([
  '// replaced in place, at most once, in one place; the whole body',
  "const placeholder = 'at least two wanted places';",
  'const mostRecent = 1;',
  '// the answers of a day look like this',
])('accepts %s', (line) => {
  expect(oddPhrases('a.ts', line)).toEqual([]);
});

it('keeps to the glossary', () => {
  const paths = ROOTS.flatMap((root) =>
    root.endsWith('.md') ? [root] : globSync(`${root}/**/*.${EXTENSIONS}`, { cwd: checkout }),
  );
  const odd = paths
    .filter((path) => !NOT_CHECKED.test(path))
    .sort()
    .flatMap((path) => oddPhrases(path, textOf(path)));
  expect(odd.join('\n')).toBe('');
});

it.each(Object.entries(ALLOWED_IN))('allows nothing in %s that is not there', (path, allowed) => {
  const phrases = allPhrases(path, textOf(path)).map(({ phrase }) => phrase);
  expect(allowed.filter((phrase) => !phrases.includes(phrase))).toEqual([]);
});
