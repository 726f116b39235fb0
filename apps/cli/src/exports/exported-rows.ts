import { createHash } from 'node:crypto';
import { ExportEnd } from '@tandem/shared/contract/exports.ts';
import { found } from '@tandem/shared/contract/lists.ts';
import { issueRule, issueSentence } from '@tandem/shared/contract/refusals/issue-sentence.ts';
import type { Tampering } from '@tandem/shared/domain/history/verify/tampering.ts';
import { nameList } from '@tandem/shared/domain/name-list.ts';
import type { z } from 'zod';
import { CannotVerify } from './cannot-verify.ts';
import { json, type Lines } from './read-lines.ts';

export type ExportCheck = {
  readonly found: (tampering: Tampering) => void;
  /** Called for a file without a last line that marks it as complete. */
  readonly notKnownComplete: (file: string) => void;
};

/**
 * Parses each line with the schema. The last line of an export is compared with the lines before it; there may be several
 * exports. CannotVerify names a line that is neither.
 */
export async function* exportedRows<Row>(
  { name, lines }: Lines,
  schema: z.ZodType<Row>,
  check?: ExportCheck,
): AsyncIterable<Row> {
  let number = 0;
  let since = nothing();
  let ended = false;
  for await (const bytes of lines) {
    number += 1;
    const line = bytes.toString().trim();
    const end = endOf(line);
    if (end !== undefined) {
      compare(end, since, `${name}, line ${number}`, check);
      since = nothing();
      ended = true;
      continue;
    }
    since.hash.update(bytes);
    if (line === '') continue;
    ended = false;
    since.count += 1;
    yield rowOf(line, schema, `${name}, line ${number}`);
  }
  if (!ended) check?.notKnownComplete(name);
}

const nothing = () => ({ count: 0, hash: createHash('sha256') });

// parsed twice only if it may be one
const endOf = (line: string): ExportEnd['end'] | undefined =>
  line.startsWith('{"end"') ? ExportEnd.safeParse(json(line)).data?.end : undefined;

const rowOf = <Row>(line: string, schema: z.ZodType<Row>, where: string): Row => {
  const value = json(line);
  const { success, data, error } = schema.safeParse(value, { error: issueRule });
  if (success) return data;
  const [issue] = error.issues;
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (issue === undefined || !isObject) throw new CannotVerify(`${where}: must be a JSON object, ${found(line)}.`);
  const field = issue.path.join('.');
  const about = field === '' ? where : `${where}: ${field}`;
  if (issue.code !== 'unrecognized_keys') throw new CannotVerify(`${about} ${issueSentence(issue, schema, value)}.`);
  throw new CannotVerify(
    `${about} must not contain ${nameList(
      issue.keys.map((key) => JSON.stringify(key)),
      { max: 5 },
    )}.`,
  );
};

const compare = (
  end: ExportEnd['end'],
  { count, hash }: ReturnType<typeof nothing>,
  where: string,
  check: ExportCheck | undefined,
): void => {
  const sha256 = hash.digest('hex');
  if (end.count === count && end.sha256 === sha256) return;
  const said = `the export had ${end.count} lines with SHA-256 ${end.sha256}`;
  check?.found({
    kind: 'export.changed',
    where: `${where}: ${said}, but ${count} with ${sha256} precede it`,
    seal: undefined,
  });
};
