import type { Schemas } from '../../connect/schemas.ts';

/** Whose an index is, in words; `kept`: the operator wants it left alone. */
export const INDEX_CLASSES: Readonly<
  Record<Schemas['KeptIndex']['class'] | Schemas['UnrestoredIndex']['why'], string>
> = {
  known: 'of this Optimize',
  ambiguous: 'may be of another installation',
  unknown: 'not known to be of Optimize',
  otherComponent: 'of another component of Camunda',
  otherInstallation: 'of another installation',
  rehearsalCopy: 'copy of a rehearsal',
  outside: 'outside the prefix',
  kept: 'named in --keep-unknown',
};
