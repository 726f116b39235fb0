import type { Schemas } from '../../connect/schemas.ts';
import type { Screen } from '../../output/screen.ts';
import { table } from '../../output/table.ts';
import { amount, bytes } from '../../output/units.ts';
import { INDEX_CLASSES } from './index-classes.ts';

type PlanPage = Schemas['PlanPage'];
type Entry = PlanPage['items'][number];

/** What a list says of an index, in addition to its name. */
const detail = (entry: Entry): string => {
  if ('as' in entry) {
    const renamed = entry.as === entry.index ? '' : `as ${entry.as}, `;
    const documents = entry.documents === null ? '' : `, ${amount(entry.documents)} documents`;
    return `${renamed}part ${entry.part}${documents}${entry.bytes === null ? '' : `, ${bytes(entry.bytes)}`}`;
  }
  if ('class' in entry) return INDEX_CLASSES[entry.class];
  if ('why' in entry) return INDEX_CLASSES[entry.why];
  return `uuid ${entry.uuid}`;
};

/** A page of one of the lists of a plan. */
export const restorePlanPage = ({ items }: PlanPage, screen: Screen): string =>
  table(
    [
      { head: 'index', min: 30 },
      { head: '', min: 20 },
    ],
    items.map((entry) => [entry.index, detail(entry)]),
    screen,
    'Nothing is in this list.',
  );
