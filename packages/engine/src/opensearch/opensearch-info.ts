import { infoReader, type NodeVersion } from '../rest/replies/cluster.ts';
import { type Fields, ReplyInvalid, textAt } from '../rest/reply-fields.ts';
import { opensearchVersionIdOf } from '../version-id.ts';

const nodeAt = (node: Fields, where: string): NodeVersion => {
  const version = textAt(node.version, `${where}.version`);
  const newestReadable = opensearchVersionIdOf(version);
  if (newestReadable === undefined) throw new ReplyInvalid(`${where}.version is not a version`);
  return { version, newestReadable };
};

export const opensearchInfoIn = infoReader('opensearch', nodeAt);
