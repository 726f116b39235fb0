import { nameList } from '../name-list.ts';
import { type Finding, failed, ok, warn } from './finding.ts';

export type FoundRepository = {
  readonly name: string;
  readonly type: string;
  readonly uuid: string | undefined;
  readonly readOnly: string | undefined;
  readonly snapshotsLeft: number | undefined;
};

/** None is set. */
export const noRepository = (): Finding =>
  failed(
    'repository',
    'CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME is not set: backups are refused.',
    'Set it to the name of a snapshot repository of the engine.',
  );

/** It is registered, and its list of snapshots can be read. */
export const repositoryFinding = ({ name, type, uuid }: FoundRepository): Finding =>
  ok('repository', `${name} is registered (${type}) and can be read.`, { name, type, uuid: uuid ?? '' });

/** It is registered in a way that forbids writing. */
export const readOnlyFinding = (name: string, why: string): Finding =>
  failed(
    'repository-writable',
    `${name} is read-only (${why}): backups are refused.`,
    'Register it without that, or choose another repository.',
    { name, readOnly: why },
  );

/** `nodes`: the names of the nodes that wrote into it. */
export const writableFinding = (name: string, nodes: readonly string[]): Finding =>
  ok('repository-writable', `Written to and read from ${nodes.length === 1 ? '1 node' : `${nodes.length} nodes`}.`, {
    ...{ name, nodes },
  });

/** Each set needs as many as it has parts; a restore takes a safety backup in addition. */
const FEW = 4;

/** Beyond the limit a snapshot is accepted, copied, and gone at its end. */
export const limitFinding = ({ name, snapshotsLeft }: FoundRepository): Finding => {
  if (snapshotsLeft === undefined) return ok('repository-limit', 'The number of snapshots is not limited.', { name });
  const evidence = { name, snapshotsLeft };
  const remedy = 'Raise max_number_of_snapshots of the repository, or delete old backups.';
  if (snapshotsLeft < 2)
    return failed('repository-limit', `${name} keeps only ${snapshotsLeft} more snapshots.`, remedy, evidence);
  if (snapshotsLeft < FEW)
    return warn('repository-limit', `${name} keeps only ${snapshotsLeft} more snapshots.`, remedy, evidence);
  return ok('repository-limit', `${name} keeps ${snapshotsLeft} more snapshots.`, evidence);
};

/** `changed`: a sentence for each change of it that a reconciliation found and no operator accepted. */
export const locationFinding = (
  { name, uuid }: Pick<FoundRepository, 'name' | 'uuid'>,
  changed: readonly string[],
): Finding => {
  if (changed.length > 0)
    return failed('repository-location', nameList(changed, { between: ' ' }), 'See docs/disaster-recovery.md.', {
      ...{ name, uuid: uuid ?? '' },
    });
  return ok('repository-location', 'No reconciliation found it to be another than the recorded one.', {
    ...{ name, uuid: uuid ?? '' },
  });
};
