import { fail } from '@tandem/shared/domain/failure/failure.ts';
import type { NewRestore } from '../index-port.ts';
import type { NewSnapshot } from '../port.ts';
import { restoreTargets } from '../restore-targets.ts';

/** What the real engines allow; the API documents 1,024 bytes for all metadata. */
const MAX_METADATA_BYTES = 1024;
const MAX_NAME_BYTES = 512;

const bytes = (text: string): number => new TextEncoder().encode(text).length;

/** Why an engine would not read `name` as exactly this one name; undefined: it is plain. */
const whyNotPlain = (name: string): string | undefined => {
  if (name === '' || name === '.' || name === '..') return 'it is not a name';
  if (!name.isWellFormed()) return 'it is not well-formed Unicode';
  if (/^[-_+]/.test(name)) return `it begins with ${name.slice(0, 1)}`;
  if (/[\s"*\\<|,>/?#]|\p{Cc}/u.test(name)) return 'it holds a character that engines do not take literally';
  return bytes(name) > MAX_NAME_BYTES ? `it is longer than ${MAX_NAME_BYTES} bytes` : undefined;
};

const refuse = (what: string, name: string, why: string): never => {
  throw fail('REQUEST_INVALID', `The ${what} ${JSON.stringify(name.slice(0, 200))} cannot be used: ${why}.`, {
    what,
    why,
  });
};

/** Rejects with REQUEST_INVALID anything that an engine would read as a pattern, an exclusion, a list or a date. */
export const requirePlainName = (what: string, name: string): void => {
  const why = whyNotPlain(name);
  if (why !== undefined) refuse(what, name, why);
};

/** A plain name, or one with a `*` at its end after at least one character. REQUEST_INVALID. */
export const requireSnapshotNames = (names: readonly string[]): void => {
  for (const name of names) requirePlainName('snapshot name', name.endsWith('*') ? name.slice(0, -1) : name);
};

/** Exact names of indices, any number. REQUEST_INVALID. */
export const requireIndexNames = (names: readonly string[]): void => {
  for (const name of names) requirePlainName('index name', name);
};

export const isPlainName = (name: string): boolean => whyNotPlain(name) === undefined;

type Metadata = { readonly tandem: NewSnapshot['owner'] };

const sizeOf = (metadata: Metadata): number => bytes(JSON.stringify(metadata));

/** Without its mark if that makes the metadata too long: the owner matters more. */
export const snapshotMetadata = ({ owner }: Pick<NewSnapshot, 'owner'>): Metadata => {
  const { mark, ...unmarked } = owner;
  return mark === undefined || sizeOf({ tandem: owner }) >= MAX_METADATA_BYTES
    ? { tandem: unmarked }
    : { tandem: owner };
};

/** REQUEST_INVALID: no index, a pattern among them, a name that is not plain, metadata of more than 1,024 bytes. */
export const requireNewSnapshot = (snapshot: NewSnapshot): void => {
  requirePlainName('snapshot name', snapshot.name);
  if (snapshot.indices.length === 0) {
    refuse('snapshot name', snapshot.name, 'it has no indices, and an empty list would mean the entire cluster');
  }
  requireIndexNames(snapshot.indices);
  const size = sizeOf(snapshotMetadata(snapshot));
  if (size >= MAX_METADATA_BYTES)
    refuse('snapshot name', snapshot.name, `its metadata has ${size} bytes, ${MAX_METADATA_BYTES} or more`);
};

/** REQUEST_INVALID: no index, a pattern among them, a name that is not plain, a rename that is no expression. */
export const requireNewRestore = (restore: NewRestore): void => {
  const { snapshot, indices } = restore;
  requirePlainName('snapshot name', snapshot);
  if (indices.length === 0) refuse('snapshot name', snapshot, 'an empty list of indices would mean all that it holds');
  requireIndexNames(indices);
  restoreTargets(restore);
};
