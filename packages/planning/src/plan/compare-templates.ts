import type { BackupRecord } from '@tandem/shared/domain/backup/backup.ts';
import { canonicalJson } from '@tandem/shared/domain/canonical-json.ts';
import { TEMPLATE_KINDS, type TemplateCapsule } from '@tandem/shared/domain/restore/manifest/index-facts.ts';
import type { TemplatesPlan } from '@tandem/shared/domain/restore/plan/plan-facts.ts';
import {
  type TemplateClass,
  type TemplateOwners,
  templateOwners,
} from '@tandem/shared/domain/restore/plan/templates/template-ownership.ts';

const entries = (capsule: TemplateCapsule): ReadonlyMap<string, string> =>
  new Map(
    TEMPLATE_KINDS.flatMap((kind) =>
      Object.entries(capsule[kind]).map(([name, body]) => [`${kind}/${name}`, canonicalJson(body)] as const),
    ),
  );

/** Compares the saved templates with those of the engine. Templates that only the engine has are not reported. */
export const compareTemplates = (
  saved: TemplateCapsule,
  now: TemplateCapsule,
  owners: TemplateOwners,
): TemplatesPlan => {
  const there = entries(now);
  const differing = [...entries(saved)]
    .filter(([name, text]) => there.get(name) !== text)
    .map(([template]) => ({ template, why: owners.get(template) ?? 'unknown', isThere: there.has(template) }));
  const names = (isThere: boolean): readonly string[] =>
    differing.filter((one) => one.isThere === isThere && isPutBack(one)).map(({ template }) => template);
  const leftOut = differing.filter((one) => !isPutBack(one)).map(({ template, why }) => ({ template, why }));
  return { missing: names(false), changed: names(true), leftOut };
};

/** A template that may belong to another owner is never overwritten. */
const isPutBack = ({ why, isThere }: { readonly why: TemplateClass; readonly isThere: boolean }): boolean =>
  why === 'known' || (!isThere && (why === 'ambiguous' || why === 'unknown'));

/** Who owns each template of a capsule. `listed`: the engine's indices under the prefix of the backup. */
export const ownersOf = (
  saved: TemplateCapsule,
  { indexPrefix, ownership, parts }: Pick<BackupRecord, 'indexPrefix' | 'ownership' | 'parts'>,
  listed: readonly string[],
): TemplateOwners => {
  const seenThen = Object.values(ownership?.classes ?? {}).flatMap(({ names }) => names);
  const held = parts.flatMap(({ indices }) => indices);
  return templateOwners(saved, { prefix: indexPrefix, held, others: [...listed, ...seenThen] });
};

const only = (saved: TemplateCapsule, isIncluded: (name: string) => boolean): TemplateCapsule =>
  Object.fromEntries(
    TEMPLATE_KINDS.map((kind) => [
      kind,
      Object.fromEntries(Object.entries(saved[kind]).filter(([name]) => isIncluded(`${kind}/${name}`))),
    ]),
  ) as TemplateCapsule;

/** The templates of the capsule that are missing from the engine or differ there. */
export const templatesToPutBack = (saved: TemplateCapsule, { missing, changed }: TemplatesPlan): TemplateCapsule => {
  const differing = new Set([...missing, ...changed]);
  return only(saved, (name) => differing.has(name));
};

export const withoutLeftOut = (saved: TemplateCapsule, { leftOut }: TemplatesPlan): TemplateCapsule => {
  const names = new Set(leftOut.map(({ template }) => template));
  return only(saved, (name) => !names.has(name));
};
