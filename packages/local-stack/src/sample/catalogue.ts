import catalogue from '../catalogue/optimize-indices.json' with { type: 'json' };

/** An index to create: its short name in the catalogue, its real name, its aliases and its fields in the catalogue's notation. */
export type CatalogueIndex = {
  name: string;
  index: string;
  aliases: readonly string[];
  /** The one that takes writes when the index rolls over. */
  writeAlias: string | undefined;
  fields: Readonly<Record<string, string>>;
};

type Entry = { index: string; name: string; aliases: string[] };

const withPrefix = (name: string, prefix: string) => name.replace(/^optimize-/, `${prefix}-`);

const toIndex = (entry: Entry, fields: object, fromTemplate: boolean, prefix: string): CatalogueIndex => {
  const aliases = entry.aliases.map((alias) => withPrefix(alias, prefix));
  return {
    name: entry.name,
    index: withPrefix(entry.index, prefix),
    aliases,
    writeAlias: fromTemplate ? aliases[0] : undefined,
    fields: fields as Record<string, string>,
  };
};

/** Every index of Optimize 3.9.0, the static ones and an example of each dynamic kind. The prefix takes the place of `optimize`. */
export const optimizeIndices = (prefix: string): CatalogueIndex[] => [
  ...catalogue.indices.map((entry) => toIndex(entry, entry.fields, entry.createdFromTemplate, prefix)),
  ...catalogue.dynamicIndices.map((kind) => {
    const fromTemplate = 'createdFromTemplate' in kind && kind.createdFromTemplate === true;
    return toIndex(kind.example, kind.fields, fromTemplate, prefix);
  }),
];

/** Indices of other components, there to be left alone by a backup. System indices are not ours to create. */
export const foreignIndices = (): string[] => catalogue.foreignIndices.examples.filter((name) => !name.startsWith('.'));

export const optimizeVersion: string = catalogue.optimizeVersion;
