import type { OperationChange } from '@tandem/history/port.ts';
import { digestOf } from '@tandem/planning/digest.ts';
import { readManifests } from '@tandem/planning/read-manifests.ts';
import { type Reason, takenParts } from '@tandem/shared/domain/backup.ts';
import type { IndexBlock } from '@tandem/shared/domain/index-blocks.ts';
import type { IndexFacts, IndexFigures } from '@tandem/shared/domain/index-facts.ts';
import { indexShape } from '@tandem/shared/domain/manifest.ts';
import {
  type ManifestDifference,
  type Manifests,
  manifestDifferences,
  type RestoredIndex,
} from '@tandem/shared/domain/manifest-difference.ts';
import { type RestorePart, type RestoreReport, targetNames } from '@tandem/shared/domain/restore-memory.ts';
import { writtenIndices } from '@tandem/shared/domain/restored-index.ts';
import { restoredAs } from '@tandem/shared/domain/restored-settings.ts';
import { savedBlocks, withSavedBlocks } from '@tandem/shared/domain/saved-blocks.ts';
import { blocksIn } from '@tandem/shared/domain/write-block.ts';
import type { RestoreTick } from './restore.ts';
import { closeAgain } from './restore-close.ts';
import { failRestore } from './restore-end.ts';
import { operationsIn, operationsSaved } from './restore-observe.ts';
import { elapsedMs, remember, restoreEvent } from './restore-tick.ts';

/** Of a part without a manifest: only that each index is there can be compared. */
const NOTHING_SAVED: Manifests = { before: { shapes: [], figures: [], templates: '' }, after: undefined };

/** Differences that are kept with the operation. */
const MOST_DIFFERENCES = 100;

/** What came back against what was recorded around the backup: only then it counts as restored. */
export const compareRestored = async (tick: RestoreTick): Promise<OperationChange> => {
  const { job, operation, detail } = tick;
  const { parts } = detail.task;
  const targets = targetNames(parts);
  const [facts, figures, saved] = await Promise.all([
    job.engine.describeIndices(targets),
    job.engine.measureIndices(targets, 'operations-last'),
    readManifests(job.history, operation.backup.parts),
  ]);
  const compared = parts.map((part) => comparePart(tick, part, saved.byPart.get(part.number), facts, figures));
  const all = compared.flatMap(({ differences }) => differences);
  const operations = { now: operationsIn(figures), savedAtMost: operationsSaved(saved.byPart, parts) };
  const written = writtenIndices({ detail, operations }, tick.seen, new Set(all.map(({ as }) => as)));
  const differences = all.filter(({ as }) => !written.includes(as)).map(({ difference }) => difference);
  const report: RestoreReport = {
    indices: facts.length,
    documents: figures.reduce((sum, { documents }) => sum + documents, 0),
    bytes: figures.reduce((sum, { primaryBytes }) => sum + primaryBytes, 0),
    milliseconds: elapsedMs(tick),
    compared: comparedWords(saved.byPart.size === takenParts(operation.backup.parts).length, restoredAs(detail.task)),
    differences: differences.slice(0, MOST_DIFFERENCES),
    differing: differences.length,
    notRestored: detail.task.notRestored,
    templates: detail.report?.templates ?? null,
  };
  if (written.length > 0) return failRestore(tick, 'compare', wasWritten(written, differences), { report });
  if (differences.length > 0) return failRestore(tick, 'compare', differs(differences), { report });
  const closing = await closeAgain(tick, facts, saved.byPart);
  return comparedWell(tick, { ...report, ...closing }, Object.assign({}, ...compared.map(({ blocks }) => blocks)));
};

type Compared = {
  readonly differences: readonly { readonly as: string; readonly difference: ManifestDifference }[];
  /** By target name; undefined: no manifest tells. */
  readonly blocks: Readonly<Record<string, readonly IndexBlock[] | undefined>>;
};

const comparePart = (
  { detail }: RestoreTick,
  { indices }: RestorePart,
  saved: Manifests | undefined,
  facts: readonly IndexFacts[],
  figures: readonly IndexFigures[],
): Compared => {
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
  const differences = manifestDifferences(manifests, names, restored, restoredAs(detail.task));
  return {
    differences: differences.map((difference) => ({ as: target.get(difference.index) ?? '', difference })),
    blocks: Object.fromEntries(indices.map(({ index, as }) => [as, blocksOf(manifests, index)])),
  };
};

const blocksOf = (manifests: Manifests, index: string): readonly IndexBlock[] | undefined => {
  const saved = savedBlocks(manifests, index);
  return saved === undefined ? undefined : blocksIn(saved);
};

/** From here on it keeps what it restored; what is left to do in place is to set the blocks that were saved. */
const comparedWell = (tick: RestoreTick, report: RestoreReport, blocks: Compared['blocks']): OperationChange => {
  const { copy } = tick.detail.task;
  const hasBlocks = tick.detail.memory.blocked.length > 0;
  const savedWith = Object.fromEntries(
    Object.entries(blocks).flatMap(([name, set]) => (set === undefined || set.length === 0 ? [] : [[name, set]])),
  );
  const unknown = Object.values(blocks).filter((set) => set === undefined).length;
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
      restoreEvent(tick, 'step', { after: { step: 'compare', indices: report.indices, documents: report.documents } }),
    ],
    tries: 'progress',
    outcome: { do: 'wait', inMs: 0 },
  };
};

const renamedFigures = (figures: readonly IndexFigures[], as: string, name: string): IndexFigures | undefined => {
  const found = figures.find((figure) => figure.name === as);
  return found === undefined ? undefined : { ...found, name };
};

const comparedWords = (hasManifests: boolean, as: ReturnType<typeof restoredAs>): readonly string[] => [
  'every index is there',
  'every primary shard is started',
  ...(hasManifests
    ? ['documents', 'mapping', 'settings', 'shards', 'version that created it', ...(as === 'saved' ? ['aliases'] : [])]
    : []),
];

/** Never a difference: what is there is no longer what was restored. */
const wasWritten = (names: readonly string[], differences: readonly ManifestDifference[]): Reason => {
  const rest = differences.length === 0 ? '' : ` ${differs(differences).message}`;
  return {
    code: 'RESTORE_WRITTEN',
    message: `${names.length} indices were written to before they could be compared with what was saved: ${names.slice(0, 20).join(', ')}.${rest}`,
    data: { indices: names.slice(0, 100), count: names.length, differing: differences.length },
  };
};

const differs = (differences: readonly ManifestDifference[]): Reason => {
  const words = differences
    .slice(0, 10)
    .map(({ index, what, expected, found }) => `${index}: ${what} expected ${short(expected)}, found ${short(found)}`);
  return {
    code: 'RESTORE_DIFFERS',
    message: `${differences.length} differences between what was restored and what was saved: ${words.join('; ')}`,
    data: { differing: differences.length, differences: differences.slice(0, MOST_DIFFERENCES) },
  };
};

/** Digests say nothing to a person. */
const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 12)}…` : text);
