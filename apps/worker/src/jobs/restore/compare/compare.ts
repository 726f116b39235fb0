import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import { digestOf } from '@tandem/planning/digest.ts';
import { eachIndex } from '@tandem/planning/manifests/each-index.ts';
import { readManifests } from '@tandem/planning/manifests/read-manifests.ts';
import { cutList } from '@tandem/shared/domain/cut-list.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import { COMPARED } from '@tandem/shared/domain/history/shown-proof.ts';
import { storedComparison } from '@tandem/shared/domain/history/stored-names.ts';
import { nameList } from '@tandem/shared/domain/name-list.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { IndexFacts, IndexFigures } from '@tandem/shared/domain/restore/manifest/index-facts.ts';
import { indexShape, type Manifests } from '@tandem/shared/domain/restore/manifest/manifest.ts';
import {
  type AspectVerdict,
  compareIndices,
  countAspects,
  differencesIn,
  type ManifestDifference,
  type RestoredIndex,
  unmeasuredIn,
} from '@tandem/shared/domain/restore/manifest/manifest-comparison.ts';
import { partRestoredAs, restoredAs } from '@tandem/shared/domain/restore/manifest/restored-settings.ts';
import { savedBlocks, withSavedBlocks } from '@tandem/shared/domain/restore/manifest/saved-blocks.ts';
import type { IndexBlock } from '@tandem/shared/domain/restore/run/index-blocks.ts';
import { type RestorePart, type RestoreReport, targetNames } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { writtenIndices } from '@tandem/shared/domain/restore/run/restored-index.ts';
import { restoredSelection } from '@tandem/shared/domain/restore/run/restored-selection.ts';
import { blocksIn } from '@tandem/shared/domain/restore/run/write-block.ts';
import { unsavedIndices } from '@tandem/shared/domain/restore/safety-backup.ts';
import type { RestoreTick } from '../context.ts';
import { failRestore } from '../end/end.ts';
import { operationsIn, operationsSaved } from '../observe.ts';
import { elapsedMs, remember, restoreEvent } from '../restore-records.ts';
import { closeAgain } from './close.ts';
import { proofBy } from './rehearsal-evidence.ts';

/** For a part without a manifest: only the existence of its indices can be compared. */
const NOTHING_SAVED: Manifests = { before: { shapes: [], figures: [], templates: '' }, after: undefined };

/** How often restored indices are measured again if one cannot be measured, and the interval. */
const MEASURED_AGAIN = { times: 3, afterMs: 5_000 };

/** Compares the restored indices with what was recorded during the backup; only then they count as restored. */
export const compareRestored = async (tick: RestoreTick): Promise<OperationChange> => {
  const { job, operation, detail } = tick;
  const { parts } = detail.task;
  const [facts, saved] = await Promise.all([
    job.engine.describeIndices(targetNames(parts)),
    readManifests(job.history, operation.backup.parts),
  ]);
  const figures = await measuredFigures(tick, facts);
  if (mayBeMeasuredLater(tick, facts, figures)) return measureAgain(tick);
  const compared = parts.map((part) => comparePart(tick, part, saved.byPart.get(part.number), facts, figures));
  const verdicts = compared.flatMap((part) => part.verdicts);
  const all = compared.flatMap((part) => part.differences);
  const operations = { now: operationsIn(figures), savedAtMost: operationsSaved(saved.byPart, parts) };
  const written = writtenIndices({ detail, operations }, tick.seen, new Set(all.map(({ as }) => as)));
  const differences = all.filter(({ as }) => !written.includes(as)).map(({ difference }) => difference);
  const report = reportOf(tick, facts.length, figures, verdicts, differences);
  if (written.length > 0) return failRestore(tick, 'compare', wasWritten(written, differences), { report });
  if (differences.length > 0) return failRestore(tick, 'compare', differs(differences), { report });
  const closing = await closeAgain(tick, facts, saved.byPart);
  return comparisonPassed(tick, { ...report, ...closing }, Object.assign({}, ...compared.map(({ blocks }) => blocks)));
};

const measuredFigures = async (
  { job }: RestoreTick,
  facts: readonly IndexFacts[],
): Promise<readonly IndexFigures[]> => {
  const open = facts.filter((index) => index.open).map(({ name }) => name);
  const { found } = await eachIndex(open, (names) => job.engine.measureIndices(names, 'operations-last'));
  return found;
};

/** All shards are started, so the cause may be transient. */
const mayBeMeasuredLater = (
  { detail }: RestoreTick,
  facts: readonly IndexFacts[],
  figures: readonly IndexFigures[],
): boolean => {
  const measured = new Set(figures.map(({ name }) => name));
  const isHidden = facts.some(({ name, open }) => open && !measured.has(name));
  return isHidden && detail.memory.measuredInVain < MEASURED_AGAIN.times;
};

const measureAgain = (tick: RestoreTick): OperationChange => ({
  detail: remember(tick, { step: 'compare', measuredInVain: tick.detail.memory.measuredInVain + 1 }),
  tries: 'progress',
  outcome: { do: 'wait', inMs: MEASURED_AGAIN.afterMs },
});

const reportOf = (
  tick: RestoreTick,
  indices: number,
  figures: readonly IndexFigures[],
  verdicts: readonly AspectVerdict[],
  differences: readonly ManifestDifference[],
): RestoreReport => {
  const { task, report } = tick.detail;
  const aspects = countAspects(verdicts, restoredAs(task));
  const unmeasured = unmeasuredIn(verdicts);
  const names = [...new Set(unmeasured.map(({ index }) => index))];
  const { listed, unmeasuredIndices } = cutList('listed', names, { count: 'unmeasuredIndices' });
  return {
    indices,
    documents: figures.reduce((sum, { documents }) => sum + documents, 0),
    bytes: figures.reduce((sum, { primaryBytes }) => sum + primaryBytes, 0),
    milliseconds: elapsedMs(tick),
    compared: comparedWords(aspects),
    aspects,
    unmeasured: unmeasured.filter(({ index }) => listed.includes(index)),
    unmeasuredIndices,
    ...cutList('differences', differences, { count: 'differing' }),
    notRestored: task.notRestored,
    ...omitUndefined({ selection: restoredSelection(task) }),
    unsaved: unsavedIndices(task),
    templates: report?.templates ?? null,
  };
};

type Compared = {
  readonly verdicts: readonly AspectVerdict[];
  readonly differences: readonly { readonly as: string; readonly difference: ManifestDifference }[];
  /** By target name; undefined: no manifest contains it. */
  readonly blocks: Readonly<Record<string, readonly IndexBlock[] | undefined>>;
};

const comparePart = (
  { detail }: RestoreTick,
  part: RestorePart,
  saved: Manifests | undefined,
  facts: readonly IndexFacts[],
  figures: readonly IndexFigures[],
): Compared => {
  const { indices } = part;
  const savedName = new Map(indices.map(({ index, as }) => [as, index]));
  const asSaved = facts.flatMap((fact) => {
    const name = savedName.get(fact.name);
    return name === undefined ? [] : [{ facts: { ...fact, name }, as: fact.name }];
  });
  const manifests = withSavedBlocks(
    saved ?? NOTHING_SAVED,
    asSaved.map((index) => index.facts),
    digestOf,
  );
  const restored = asSaved.map(
    (index): RestoredIndex => ({
      shape: indexShape(index.facts, digestOf),
      figures: renamedFigures(figures, index.as, index.facts.name),
    }),
  );
  const target = new Map(indices.map(({ index, as }) => [index, as]));
  const names = [...target.keys()];
  const comparison = compareIndices(manifests, names, restored, partRestoredAs(detail.task, part));
  return {
    verdicts: comparison.verdicts,
    differences: differencesIn(comparison).map((difference) => ({
      as: target.get(difference.index) ?? '',
      difference,
    })),
    blocks: Object.fromEntries(indices.map(({ index, as }) => [as, blocksOf(manifests, index)])),
  };
};

const blocksOf = (manifests: Manifests, index: string): readonly IndexBlock[] | undefined => {
  const saved = savedBlocks(manifests, index);
  return saved === undefined ? undefined : blocksIn(saved);
};

/** From here on the restored indices stay; only the saved blocks remain to be set, for a restore in place. */
const comparisonPassed = (tick: RestoreTick, report: RestoreReport, blocks: Compared['blocks']): OperationChange => {
  const { copy } = tick.detail.task;
  const hasBlocks = tick.detail.memory.blocked.length > 0;
  const savedWith = Object.fromEntries(
    Object.entries(blocks).flatMap(([name, set]) => (set === undefined || set.length === 0 ? [] : [[name, set]])),
  );
  const unknown = Object.values(blocks).filter((set) => set === undefined).length;
  const { proven, evidence } = copy ? proofBy(tick, report) : { proven: {}, evidence: undefined };
  return {
    detail: {
      ...remember(tick, {
        ending: { state: 'SUCCEEDED', at: 'done', reason: undefined },
        step: copy ? 'take-back' : hasBlocks ? 'blocks' : 'done',
        savedBlocks: hasBlocks ? savedWith : {},
      }),
      report: hasBlocks ? { ...report, blocks: { set: savedWith, unknown } } : report,
    },
    events: [
      restoreEvent(tick, 'step', {
        after: { step: 'compare', indices: report.indices, documents: report.documents, ...proven },
      }),
    ],
    ...omitUndefined({ evidence }),
    tries: 'progress',
    outcome: { do: 'wait', inMs: 0 },
  };
};

const renamedFigures = (figures: readonly IndexFigures[], as: string, name: string): IndexFigures | undefined => {
  const found = figures.find((figure) => figure.name === as);
  return found === undefined ? undefined : { ...found, name };
};

const comparedWords = (aspects: ReturnType<typeof countAspects>): readonly string[] =>
  COMPARED.filter((code) => code === 'exists' || code === 'primariesStarted' || (aspects[code]?.compared ?? 0) > 0).map(
    storedComparison,
  );

/** Not reported as a difference: the contents are no longer those that were restored. */
const wasWritten = (names: readonly string[], differences: readonly ManifestDifference[]): Reason => {
  const rest = differences.length === 0 ? '' : ` ${differs(differences).message}`;
  return {
    code: 'RESTORE_WRITTEN',
    message: `${names.length} indices were written to before they could be compared with what was saved: ${nameList(names)}.${rest}`,
    data: { ...cutList('indices', names), differing: differences.length },
  };
};

const differs = (differences: readonly ManifestDifference[]): Reason => {
  const words = differences.map(
    ({ index, what, expected, found }) => `${index}: ${what} expected ${short(expected)}, found ${short(found)}`,
  );
  return {
    code: 'RESTORE_DIFFERS',
    message: `What was restored differs from what was saved: ${nameList(words, { max: 10, between: '; ' })}.`,
    data: cutList('differences', differences, { count: 'differing' }),
  };
};

/** Digests are meaningless to readers, so they are shortened. */
const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 12)}…` : text);
