import type { TemplateCapsule } from '../../manifest/index-facts.ts';

/** Whether some name fits both patterns; `*` stands for any characters, none included. */
export const patternsOverlap = (one: string, other: string): boolean => {
  const known = new Map<string, boolean>();
  const from = (i: number, j: number): boolean => {
    const key = `${i} ${j}`;
    const found = known.get(key) ?? decide(i, j);
    known.set(key, found);
    return found;
  };
  const decide = (i: number, j: number): boolean => {
    if (i === one.length && j === other.length) return true;
    if (one[i] === '*') return from(i + 1, j) || (j < other.length && from(i, j + 1));
    if (other[j] === '*') return from(i, j + 1) || (i < one.length && from(i + 1, j));
    return i < one.length && one[i] === other[j] && from(i + 1, j + 1);
  };
  return from(0, 0);
};

type Template = { readonly priority: number; readonly patterns: readonly string[] };

const templateOf = (body: unknown): Template => {
  const { priority, index_patterns: patterns } = (body ?? {}) as { priority?: unknown; index_patterns?: unknown };
  return {
    priority: typeof priority === 'number' ? priority : 0,
    patterns: [patterns].flat().filter((pattern): pattern is string => typeof pattern === 'string'),
  };
};

/**
 * Pure: index templates of `saved` that an engine which has `now` refuses, as `name and other (priority n)`: another of the same priority
 * fits a name that they fit. One that `saved` replaces is not in its way.
 */
export const templateOverlaps = (saved: TemplateCapsule, now: TemplateCapsule): readonly string[] =>
  Object.entries(saved.indexTemplates)
    .flatMap(([name, body]) => {
      const template = templateOf(body);
      return Object.entries(now.indexTemplates)
        .filter(([other]) => saved.indexTemplates[other] === undefined)
        .filter(([, there]) => overlap(template, templateOf(there)))
        .map(([other]) => `${name} and ${other} (priority ${template.priority})`);
    })
    .sort();

const overlap = (one: Template, other: Template): boolean =>
  one.priority === other.priority &&
  one.patterns.some((pattern) => other.patterns.some((there) => patternsOverlap(pattern, there)));
