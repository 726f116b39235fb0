import type { Schemas } from '../connect/schemas.ts';

/** Who did it, in a few words: a name, or the address of an anonymous caller. */
export const actorName = (actor: Schemas['Actor']): string => {
  const { kind, name, address } = actor as {
    readonly kind: string;
    readonly name?: unknown;
    readonly address?: unknown;
  };
  if (typeof name === 'string') return kind === 'system' ? `Tandem (${name})` : name;
  return typeof address === 'string' ? `${kind}, ${address}` : kind;
};
