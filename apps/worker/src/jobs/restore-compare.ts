import type { OperationChange } from '@tandem/history/port.ts';
import { compareTemplates, templatesToPutBack } from '@tandem/planning/compare-templates.ts';
import { digestOf } from '@tandem/planning/digest.ts';
import { readManifests } from '@tandem/planning/read-manifests.ts';
import type { IndexFigures } from '@tandem/shared/domain/index-facts.ts';
import { indexShape } from '@tandem/shared/domain/manifest.ts';
import {
  type ManifestDifference,
  type Manifests,
  manifestDifferences,
  type RestoredIndex,
} from '@tandem/shared/domain/manifest-difference.ts';
import { type RestoreReport, targetNames } from '@tandem/shared/domain/restore-memory.ts';
import { withSavedBlocks } from '@tandem/shared/domain/saved-blocks.ts';
import type { RestoreTick } from './restore.ts';
import { failRestore } from './restore-end.ts';
import { elapsedMs, remember, restoreEvent } from './restore-tick.ts';

/** Says which templates differ from those saved with the backup, and puts them back where that was asked for. */
export const compareTemplatesStep = async (tick: RestoreTick): Promise<OperationChange> => {
  const { job, operation, detail, tools } = tick;
  const { indexPrefix, parts } = operation.backup;
  const { capsule } = await readManifests(job.history, parts);
  const done = remember(tick, { templatesDone: true, step: 'compare' });
  if (capsule === undefined || detail.task.copy) {
    return { detail: { ...done, report: { templates: null } }, tries: 'progress', outcome: { do: 'wait', inMs: 0 } };
  }
  const names = targetNames(detail.task.parts);
  const found = compareTemplates(capsule, await job.engine.readTemplates(indexPrefix, names));
  const wanted = detail.task.restoreTemplates ? [...found.missing, ...found.changed] : [];
  if (wanted.length > 0) {
    tools.assertHeld();
    await job.engine.putTemplates(templatesToPutBack(capsule, found));
  }
  return {
    detail: { ...done, report: { templates: { ...found, restored: wanted } } },
    events: [restoreEvent(tick, 'step', { after: { step: 'templates', ...found, restored: wanted } })],
    tries: 'progress',
    outcome: { do: 'wait', inMs: 0 },
  };
};

/** Of a part without a manifest: only that each index is there can be compared. */
const NOTHING_SAVED: Manifests = { before: { shapes: [], figures: [], templates: '' }, after: undefined };

/** Differences that are kept with the operation. */
const MOST_DIFFERENCES = 100;

/** What came back against what was written down around the backup: only then it counts as restored. */
export const compareRestored = async (tick: RestoreTick): Promise<OperationChange> => {
  const { job, operation, detail } = tick;
  const { parts } = detail.task;
  const targets = targetNames(parts);
  const [facts, figures, saved] = await Promise.all([
    job.engine.describeIndices(targets),
    job.engine.measureIndices(targets, 'operations-last'),
    readManifests(job.history, operation.backup.parts),
  ]);
  const differences = parts.flatMap(({ number, indices }) => {
    const savedName = new Map(indices.map(({ index, as }) => [as, index]));
    const asSaved = facts.flatMap((fact) => {
      const name = savedName.get(fact.name);
      return name === undefined ? [] : [{ facts: { ...fact, name }, as: fact.name }];
    });
    const manifests = withSavedBlocks(
      saved.byPart.get(number) ?? NOTHING_SAVED,
      asSaved.map((index) => index.facts),
      digestOf,
    );
    const restored = asSaved.map(
      (index): RestoredIndex => ({
        shape: indexShape(index.facts, digestOf),
        figures: renamedFigures(figures, index.as, index.facts.name),
      }),
    );
    const names = indices.map(({ index }) => index);
    return manifestDifferences(manifests, names, restored, detail.task.copy ? 'copy' : 'saved');
  });
  const report: RestoreReport = {
    indices: facts.length,
    documents: figures.reduce((sum, { documents }) => sum + documents, 0),
    bytes: figures.reduce((sum, { primaryBytes }) => sum + primaryBytes, 0),
    milliseconds: elapsedMs(tick),
    compared: comparedWords(saved.byPart.size === operation.backup.parts.length, detail.task.copy),
    differences: differences.slice(0, MOST_DIFFERENCES),
    differing: differences.length,
    notRestored: detail.task.notRestored,
    templates: detail.report?.templates ?? null,
  };
  if (differences.length > 0) {
    return failRestore(tick, 'compare', differs(differences), { report });
  }
  return {
    detail: {
      ...remember(tick, {
        ending: { state: 'SUCCEEDED', at: 'done', reason: undefined },
        step: detail.task.copy ? 'take-back' : 'done',
      }),
      report,
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

const comparedWords = (hasManifests: boolean, copy: boolean): readonly string[] => [
  'every index is there',
  'every primary shard is started',
  ...(hasManifests
    ? ['documents', 'mapping', 'settings', 'shards', 'version that created it', ...(copy ? [] : ['aliases'])]
    : []),
];

const differs = (differences: readonly ManifestDifference[]) => {
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
