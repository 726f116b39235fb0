import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import { readManifests } from '@tandem/planning/manifests/read-manifests.ts';
import { compareTemplates, ownersOf, templatesToPutBack } from '@tandem/planning/plan/compare-templates.ts';
import { templatesFor } from '@tandem/shared/domain/restore/plan/templates/chosen-templates.ts';
import { targetNames } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import type { RestoreTick } from '../context.ts';
import { remember, restoreEvent } from '../restore-records.ts';

/** Reports which templates differ from those saved with the backup, and restores them if requested. */
export const compareTemplatesStep = async (tick: RestoreTick): Promise<OperationChange> => {
  const { job, operation, detail } = tick;
  const { indexPrefix, parts } = operation.backup;
  const { capsule } = await readManifests(job.history, parts);
  const done = remember(tick, { templatesDone: true, step: 'compare' });
  if (capsule === undefined || detail.task.copy) {
    return { detail: { ...done, report: { templates: null } }, tries: 'progress', outcome: { do: 'wait', inMs: 0 } };
  }
  const names = targetNames(detail.task.parts);
  const [now, listed] = await Promise.all([
    job.engine.readTemplates(indexPrefix, names),
    job.engine.listIndices(indexPrefix),
  ]);
  const owners = ownersOf(
    capsule,
    operation.backup,
    listed.map(({ name }) => name),
  );
  const found = compareTemplates(templatesFor(detail.task, capsule), now, owners);
  const requested = detail.task.restoreTemplates ? [...found.missing, ...found.changed] : [];
  const refused = requested.length === 0 ? [] : await job.engine.putTemplates(templatesToPutBack(capsule, found));
  const restored = requested.filter((name) => refused.every(({ template }) => template !== name));
  return {
    detail: { ...done, report: { templates: { ...found, restored, refused } } },
    events: [restoreEvent(tick, 'step', { after: { step: 'templates', ...found, restored, refused } })],
    tries: 'progress',
    outcome: { do: 'wait', inMs: 0 },
  };
};
