import type { RestoreRequest } from '../plan/plan-facts.ts';
import type { RestoredAs } from './manifest-comparison.ts';
import { dropsAllocation } from './saved-settings.ts';

/** How indices come back. saved: with their aliases. withoutAliases: since these belong to the live indices. copy: without replicas too. */
export const restoredAs = ({ copy, rename }: Pick<RestoreRequest, 'copy' | 'rename'>): RestoredAs => {
  if (copy) return 'copy';
  return rename === undefined ? 'saved' : 'withoutAliases';
};

/** The same of one part: some of its indices may come back without aliases. */
export const partRestoredAs = (
  request: Pick<RestoreRequest, 'copy' | 'rename'>,
  { withoutAliases }: { readonly withoutAliases?: true },
): RestoredAs => (withoutAliases ? 'withoutAliases' : restoredAs(request));

const BLOCKS = 'index.blocks.*';
const ALLOCATION = 'index.routing.allocation.*';

/**
 * Saved settings that do not come back. An index with its blocks could neither be compared nor removed, and in place it gets the saved ones once it
 * compared well; a rehearsal must work wherever there is room.
 */
export const ignoredSettings = (request: Pick<RestoreRequest, 'copy' | 'dropAllocation'>): readonly string[] =>
  dropsAllocation(request) ? [BLOCKS, ALLOCATION] : [BLOCKS];
