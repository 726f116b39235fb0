import { ROLES, type Role, strongestRole } from './role.ts';

/** Per role, the values that grant it: a value of a claim, or a name of a client certificate. Compared as a whole, case included. */
export type RoleMapping = Readonly<Record<Role, readonly string[]>>;

/** What the values grant: the strongest role that one of them is mapped to. Undefined: none. */
export const mappedRole = (mapping: RoleMapping, values: readonly string[]): Role | undefined =>
  strongestRole(ROLES.filter((role) => mapping[role].some((value) => values.includes(value))));

/** Those of the values that grant a role. */
export const mappedValues = (mapping: RoleMapping, values: readonly string[]): readonly string[] =>
  values.filter((value) => ROLES.some((role) => mapping[role].includes(value)));

export type ReadRoleMapping =
  | { readonly ok: true; readonly mapping: RoleMapping }
  | { readonly ok: false; readonly problem: string };

/**
 * Reads what an operator writes: `admin=tandem-admin,platform-team;operator=ci`, with values in double quotes where they contain a comma, a semicolon or
 * a space at an end (`operator="CN=ci,OU=platform"`), or an object of lists as JSON or YAML. The problem completes a sentence that begins with the setting.
 */
export const readRoleMapping = (written: unknown): ReadRoleMapping => {
  const entries = typeof written === 'string' ? fromText(written.trim()) : fromObject(written);
  if (typeof entries === 'string') return { ok: false, problem: entries };
  const problem = problemOf(entries);
  if (problem !== undefined) return { ok: false, problem };
  const ofRole = (role: Role) => entries.filter(([name]) => name === role).flatMap(([, values]) => values);
  return {
    ok: true,
    mapping: {
      viewer: ofRole('viewer'),
      operator: ofRole('operator'),
      restorer: ofRole('restorer'),
      admin: ofRole('admin'),
    },
  };
};

const FORM = 'must have the form admin=tandem-admin,platform-team;operator="CN=ci,OU=platform"';

type Entry = readonly [role: string, values: readonly string[]];

const fromText = (text: string): readonly Entry[] | string => {
  if (text.startsWith('{')) return fromJson(text);
  if ((text.match(/"/g)?.length ?? 0) % 2 === 1) return `${FORM}: a double quote is not closed`;
  const sections = splitOutsideQuotes(text, ';').filter((section) => section !== '');
  const cut = sections.map((section) => [section, section.indexOf('=')] as const);
  if (cut.length === 0 || cut.some(([, equals]) => equals < 1)) return FORM;
  return cut.map(([section, equals]) => [
    section.slice(0, equals).trim(),
    splitOutsideQuotes(section.slice(equals + 1), ',').map(unquoted),
  ]);
};

const fromJson = (text: string): readonly Entry[] | string => {
  try {
    return fromObject(JSON.parse(text));
  } catch {
    return 'begins with "{", but is not valid JSON';
  }
};

const fromObject = (written: unknown): readonly Entry[] | string => {
  if (typeof written !== 'object' || written === null || Array.isArray(written)) return FORM;
  const entries = Object.entries(written).map(
    ([role, values]): Entry => [
      role,
      (Array.isArray(values) ? values : [values]).map((value) => (typeof value === 'string' ? value : '')),
    ],
  );
  return entries.length === 0 ? FORM : entries;
};

const splitOutsideQuotes = (text: string, separator: ',' | ';'): readonly string[] => {
  const parts = [''];
  let isQuoted = false;
  for (const character of text) {
    if (character === '"') isQuoted = !isQuoted;
    if (character === separator && !isQuoted) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim());
};

const unquoted = (value: string): string => (/^"[^"]*"$/.test(value) ? value.slice(1, -1) : value);

const problemOf = (entries: readonly Entry[]): string | undefined => {
  const unknown = entries.find(([role]) => !ROLES.some((known) => known === role));
  if (unknown !== undefined) {
    return `must name roles that exist (${ROLES.join(', ')}), not ${JSON.stringify(unknown[0].slice(0, 50))}`;
  }
  const empty = entries.find(([, values]) => values.length === 0 || values.some((value) => value.trim() === ''));
  if (empty !== undefined) return `must list one or more texts for ${empty[0]}, none of them empty`;
  const all = entries.flatMap(([, values]) => values);
  const twice = all.find((value, index) => all.indexOf(value) !== index);
  return twice === undefined ? undefined : `must list ${JSON.stringify(twice)} once: a value grants one role`;
};
