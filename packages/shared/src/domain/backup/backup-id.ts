/** What a rule says of a text: well, or which rule it breaks and what was found there. */
export type Verdict = { readonly ok: true } | { readonly ok: false; readonly rule: string; readonly found: string };

const ok: Verdict = { ok: true };

/**
 * An id that may be requested (docs/rest.md): `[a-z0-9][a-z0-9.-]*` without `..`. The length depends on the complete
 * name (snapshot-name.ts). The Optimize version is held to the same characters.
 */
export const checkBackupId = (id: string): Verdict => checkCharacters(id, /^[a-z0-9.-]$/, 'a-z, 0-9, "." and "-"');

/** An id that may be looked up: sets not made by Tandem may also hold `_` and begin with any of the characters. */
export const checkLookupId = (id: string): Verdict => {
  const characters = checkCharacters(`0${id}`, /^[a-z0-9._-]$/, 'a-z, 0-9, ".", "-" and "_"');
  return id === '' ? { ok: false, rule: 'must not be empty', found: '""' } : characters;
};

const checkCharacters = (id: string, allowed: RegExp, named: string): Verdict => {
  if (id === '') return { ok: false, rule: 'must not be empty', found: '""' };
  const stranger = [...id].find((character) => !allowed.test(character));
  if (stranger !== undefined) return { ok: false, rule: `may hold only ${named}`, found: nameOf(stranger) };
  if (id.includes('..')) return { ok: false, rule: 'must not contain ".."', found: '".."' };
  if (!/^[a-z0-9]/.test(id)) {
    return { ok: false, rule: 'must begin with a letter a-z or a digit', found: JSON.stringify(id.charAt(0)) };
  }
  return ok;
};

/** Readable: quoted if it is printable, otherwise its code point. */
const nameOf = (character: string): string => {
  const point = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  if (character === ' ') return `a space (${point})`;
  return /^[\x21-\x7e]$/.test(character) ? `${JSON.stringify(character)} (${point})` : point;
};
