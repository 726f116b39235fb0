import type { Manifests } from './manifest.ts';

/** Whether an index was saved closed: engines restore it open. Manifests of before that was recorded know nothing of it: it stays open. */
export const wasClosed = ({ before, after }: Manifests, index: string): boolean =>
  [after, before]
    .map((manifest) => manifest?.shapes.find(({ name }) => name === index)?.open)
    .find((open) => open !== undefined) === false;
