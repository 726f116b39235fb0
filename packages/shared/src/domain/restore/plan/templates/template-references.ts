/** What templates name, in the forms in which engines give it. */

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const texts = (value: unknown): readonly string[] => {
  const all = Array.isArray(value) ? value : [value];
  return all.filter((text): text is string => typeof text === 'string');
};

const inside = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce((at, field) => (isFields(at) ? at[field] : undefined), value);

const POLICY = 'index.lifecycle.name';

/** The lifecycle policies that settings name. Settings come nested or flat, with or without the leading `index.`. */
export const policiesIn = (settings: unknown): readonly string[] =>
  [POLICY, POLICY.slice('index.'.length)]
    .flatMap((name) => [inside(settings, name), inside(settings, ...name.split('.'))])
    .concat(inside(settings, 'index', 'lifecycle.name'))
    .flatMap(texts);

/** The index patterns of an index template or a legacy template. */
export const patternsOf = (template: unknown): readonly string[] => texts(inside(template, 'index_patterns'));

/** The component templates that an index template is composed of. */
export const componentsOf = (indexTemplate: unknown): readonly string[] => texts(inside(indexTemplate, 'composed_of'));

/** The lifecycle policies that an index template, a component template or a legacy template names. */
export const policiesOf = (template: unknown): readonly string[] => [
  ...policiesIn(inside(template, 'template', 'settings')),
  ...policiesIn(inside(template, 'settings')),
];
