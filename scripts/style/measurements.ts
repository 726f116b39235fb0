import { posix } from 'node:path';
import { contractProperties } from './descriptions.ts';
import { contains, functionsIn, outermost } from './functions.ts';
import { promisedIn } from './promises.ts';
import { linesOf, type Node, productSources, type Source } from './source.ts';

export type Measurement = { readonly name: string; readonly value: string };

const SHORT_FILE = 40;
const FULL_FOLDER = 20;

/** How long the functions and files of a checkout are, how they hang together, and how much of it is described. */
export const measure = (checkout: string): readonly Measurement[] => {
  const sources = productSources(checkout);
  const files = sources.map(({ text }) => text.trimEnd().split('\n').length);
  const functions = sources.flatMap((source) => functionsIn(source).map(({ lines }) => lines));
  const folders = flatFolders(sources);
  return [
    { name: 'files', value: String(files.length) },
    { name: 'lines of a file: median / 90 % / max', value: spread(files) },
    { name: `files under ${SHORT_FILE} lines`, value: String(files.filter((lines) => lines < SHORT_FILE).length) },
    { name: 'files with a single importer', value: String(withOneImporter(sources)) },
    {
      name: `folders with more than ${FULL_FOLDER} files`,
      value: `${folders.length}${folders.length > 0 ? ` (${folders.join(', ')})` : ''}`,
    },
    { name: 'named functions', value: String(functions.length) },
    { name: 'lines of a function: median / 90 % / max', value: spread(functions) },
    { name: 'comments inside functions per 100 lines', value: commentsInside(sources) },
    {
      name: 'functions of ports with a contract comment',
      value: share(
        promisedIn(sources)
          .filter(({ kind }) => kind === 'port')
          .map(({ comment }) => comment !== undefined),
      ),
    },
    {
      name: 'functions of policies with a contract comment',
      value: share(
        promisedIn(sources)
          .filter(({ kind }) => kind === 'policy')
          .map(({ comment }) => comment !== undefined),
      ),
    },
    {
      name: 'contract properties with a description',
      value: share(contractProperties(sources).map(({ isDescribed }) => isDescribed)),
    },
  ];
};

const spread = (numbers: readonly number[]): string => {
  const sorted = numbers.toSorted((one, other) => one - other);
  const at = (part: number): number => sorted[Math.min(Math.floor(sorted.length * part), sorted.length - 1)] ?? 0;
  return [at(0.5), at(0.9), at(1)].join(' / ');
};

const share = (all: readonly boolean[]): string => `${all.filter(Boolean).length} of ${all.length}`;

const commentsInside = (sources: readonly Source[]): string => {
  const counted = sources.map((source) => {
    const functions = outermost(functionsIn(source));
    const inside = source.comments.filter((comment) => functions.some(({ node }) => contains(node, comment)));
    return {
      comments: inside.length,
      lines: functions.reduce((sum, { node }) => sum + linesOf(source.text, node.start, node.end), 0),
    };
  });
  const total = (what: 'comments' | 'lines'): number => counted.reduce((sum, one) => sum + one[what], 0);
  return ((100 * total('comments')) / total('lines')).toFixed(1);
};

const flatFolders = (sources: readonly Source[]): readonly string[] => {
  const byFolder = Map.groupBy(sources, ({ path }) => posix.dirname(path));
  return [...byFolder]
    .filter(([, files]) => files.length > FULL_FOLDER)
    .map(([folder, files]) => `${folder} ${files.length}`);
};

/** `./x.ts`, and `@tandem/queue/port.ts`, which is `packages/queue/src/port.ts`. */
const importedBy = ({ path, body }: Source): readonly string[] =>
  body
    .map(({ source }) => String((source as Node | null | undefined)?.value ?? ''))
    .map((from) => {
      if (from.startsWith('.')) return posix.join(posix.dirname(path), from);
      return from
        .replace(/^@tandem\/(api|worker|cli)\//, 'apps/$1/src/')
        .replace(/^@tandem\/([^/]+)\//, 'packages/$1/src/');
    });

const withOneImporter = (sources: readonly Source[]): number => {
  const importers = Map.groupBy(
    sources.flatMap((source) => [...new Set(importedBy(source))]),
    (path) => path,
  );
  return sources.filter(({ path }) => importers.get(path)?.length === 1).length;
};
