import { shownProof } from './shown-proof.ts';
import { asShown, shownStep } from './stored-names.ts';

/** `before` or `after` of an event as responses show it. */
export const shownPayload = (payload: unknown): unknown => {
  if (!isObject(payload)) return payload;
  const shown = Object.entries(asShown('event', payload)).map(([name, value]) => {
    if ((name === 'step' || name === 'failedAt') && typeof value === 'string') return [name, shownStep(value)];
    return [name, PROOFS.has(name) && isObject(value) ? shownProof(value) : value];
  });
  return Object.fromEntries(shown);
};

const PROOFS: ReadonlySet<string> = new Set(['proof', 'partialProof']);

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
