import type { PartRecord } from '../backup.ts';
import type { ListedSnapshot } from '../snapshot.ts';
import type { SeenSnapshot } from './recorded-state.ts';

/**
 * A snapshot of a part, as the catalogue of its repository has it. Whether it is readable is taken from the record, of that snapshot only. Empty:
 * the repository does not hold it, or does not say how it ended.
 */
export const listedAsSeen = (
  part: Pick<PartRecord, 'uuid' | 'versionId'>,
  listed: ListedSnapshot | undefined,
): readonly SeenSnapshot[] => {
  if (listed?.state === undefined) return [];
  const versionId = listed.uuid === part.uuid ? part.versionId : undefined;
  return [{ name: listed.name, uuid: listed.uuid, state: listed.state, versionId, owner: undefined }];
};
