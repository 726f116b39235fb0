import type { History } from '@tandem/history/ports/history.ts';
import { quantile } from '../measure/figures.ts';
import { inTurns } from './in-turns.ts';
import { location, newBackup, oneLife } from './one-life.ts';

export type StandingCost = { readonly name: string; readonly fullMs: number; readonly youngMs: number };

const MINUTE_MS = 60_000;

/** What is known of a history: a recent id and a sealed event. */
type Known = { readonly id: string; readonly sealed: string };

type Query = readonly [name: string, ask: (history: History, known: Known) => Promise<unknown>];

/** What processes query in the background, or once per backup. */
const queries: readonly Query[] = [
  ['overdue (the sweep)', (history) => history.overdue(30_000, 100)],
  ['settledCreates (the sweep)', (history) => history.settledCreates(5 * MINUTE_MS, 100)],
  ['endedRehearsals (the sweep)', (history) => history.endedRehearsals(5 * MINUTE_MS, 100)],
  ['openCreates', (history) => history.openCreates(location.clusterUuid)],
  ['takeLease', (history) => history.takeLease('bench', 'bench', 1_000)],
  ['unsealedEvents (the sealer)', (history) => history.unsealedEvents(100)],
  ['eventsAreQuiet (the sealer)', (history) => history.eventsAreQuiet()],
  ['figures (a scrape)', (history) => history.figures()],
  ['findBackup', (history, { id }) => history.findBackup(id, location)],
  ['findBackupWithDeleted', (history, { id }) => history.findBackupWithDeleted(id, location)],
  ['accept, refused', (history, { id }) => history.accept(newBackup(id))],
  ['revisionsOf', (history, { id }) => history.revisionsOf([id])],
  ['eventsAfter', (history, { id }) => history.eventsAfter(id, '0', 100)],
  ['sealsOf (a proof)', (history, { sealed }) => history.sealsOf([sealed])],
  ['incarnationsOf', (history, { id }) => history.incarnationsOf(id)],
  ['backupOfSnapshot', (history, { id }) => history.backupOfSnapshot(newBackup(id).parts[0]?.snapshotName ?? '')],
  ['listOperations', (history) => history.listOperations({ states: ['SUCCEEDED'], kinds: ['create'] }, undefined, 50)],
  ['listOperations of an id', (history, { id }) => history.listOperations({ backupId: id }, undefined, 50)],
  ['listRestores', (history) => history.listRestores({}, undefined, 50)],
  ['searchEvents of an id', (history, { id }) => history.searchEvents({ backupId: id }, undefined, 50)],
  ['searchEvents', (history) => history.searchEvents({}, undefined, 50)],
];

const known = async (history: History, id: string): Promise<Known> => {
  await oneLife(history, id);
  const { last } = await history.unsealedEvents(1);
  return { id, sealed: last?.through ?? '0' };
};

/** The same queries on both, alternating. */
export const standingCosts = async (
  { full, young }: Readonly<Record<'full' | 'young', History>>,
  times: number,
): Promise<readonly StandingCost[]> => {
  const id = `standing-${Date.now()}`;
  const [ofFull, ofYoung] = [await known(full, id), await known(young, id)];
  const costs: StandingCost[] = [];
  for (const [name, ask] of queries) {
    const ms = await inTurns({ full: () => ask(full, ofFull), young: () => ask(young, ofYoung) }, times);
    costs.push({ name, fullMs: quantile(ms.full, 0.5), youngMs: quantile(ms.young, 0.5) });
  }
  return costs;
};
