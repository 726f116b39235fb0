import type { History } from '@tandem/history/port.ts';
import { quantile } from '../measure/figures.ts';
import { inTurns } from './in-turns.ts';
import { newBackup, oneLife, place } from './one-life.ts';

export type StandingCost = { readonly name: string; readonly fullMs: number; readonly youngMs: number };

const MINUTE_MS = 60_000;

type Asked = readonly [name: string, ask: (history: History, id: string) => Promise<unknown>];

/** What processes ask by themselves, or for each backup that comes and ends; `id` is in both histories. */
const asked: readonly Asked[] = [
  ['overdue (the sweep)', (history) => history.overdue(30_000, 100)],
  ['settledCreates (the sweep)', (history) => history.settledCreates(5 * MINUTE_MS, 100)],
  ['endedRehearsals (the sweep)', (history) => history.endedRehearsals(5 * MINUTE_MS, 100)],
  ['openCreates', (history) => history.openCreates(place.clusterUuid)],
  ['takeLease', (history) => history.takeLease('bench', 'bench', 1_000)],
  ['figures (a scrape)', (history) => history.figures()],
  ['findBackup', (history, id) => history.findBackup(id, place)],
  ['findBackupWithDeleted', (history, id) => history.findBackupWithDeleted(id, place)],
  ['accept, refused', (history, id) => history.accept(newBackup(id))],
  ['revisionsOf', (history, id) => history.revisionsOf([id])],
  ['eventsAfter', (history, id) => history.eventsAfter(id, '0', 100)],
  ['incarnationsOf', (history, id) => history.incarnationsOf(id)],
  ['backupOfSnapshot', (history, id) => history.backupOfSnapshot(newBackup(id).parts[0]?.snapshotName ?? '')],
  ['listOperations', (history) => history.listOperations({ states: ['SUCCEEDED'], kinds: ['create'] }, undefined, 50)],
  ['listOperations of an id', (history, id) => history.listOperations({ backupId: id }, undefined, 50)],
  ['listRestores', (history) => history.listRestores({}, undefined, 50)],
  ['searchEvents of an id', (history, id) => history.searchEvents({ backupId: id }, undefined, 50)],
  ['searchEvents', (history) => history.searchEvents({}, undefined, 50)],
];

/** The same of both, in turn: what they are asked for is in both. */
export const standingCosts = async (
  histories: Readonly<Record<'full' | 'young', History>>,
  times: number,
): Promise<readonly StandingCost[]> => {
  const { full, young } = histories;
  const id = `standing-${Date.now()}`;
  await oneLife(full, id);
  await oneLife(young, id);
  const costs: StandingCost[] = [];
  for (const [name, ask] of asked) {
    const ms = await inTurns({ full: () => ask(full, id), young: () => ask(young, id) }, times);
    costs.push({ name, fullMs: quantile(ms.full, 0.5), youngMs: quantile(ms.young, 0.5) });
  }
  return costs;
};
