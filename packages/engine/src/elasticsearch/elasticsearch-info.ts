import { infoReader, type NodeVersion } from '../rest/replies/cluster.ts';
import { countAt, type Fields, optional, ReplyInvalid, textAt } from '../rest/reply-fields.ts';
import { FIRST_WITH_INDEX_VERSION, versionIdOf } from '../version-id.ts';

const nodeAt = (node: Fields, where: string): NodeVersion => {
  const version = textAt(node.version, `${where}.version`);
  const versionId = versionIdOf(version);
  if (versionId === undefined) throw new ReplyInvalid(`${where}.version is not a version`);
  const indexVersion = optional(countAt, node.index_version, `${where}.index_version`);
  if (indexVersion === undefined && versionId >= FIRST_WITH_INDEX_VERSION) {
    throw new ReplyInvalid(`${where}.index_version is missing`);
  }
  return { version, newestReadable: indexVersion ?? versionId };
};

export const elasticsearchInfoIn = infoReader('elasticsearch', nodeAt);
