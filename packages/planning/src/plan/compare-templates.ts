import type { BackupRecord } from '@tandem/shared/domain/backup/backup.ts';
import { canonicalJson } from '@tandem/shared/domain/canonical-json.ts';
import {
  TEMPLATE_KINDS,
  type TemplateCapsule,
  type TemplateKind,
} from '@tandem/shared/domain/restore/manifest/index-facts.ts';
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

/** Kinds that could not be read, then or now. */
const unknownKinds = (saved: TemplateCapsule, now: TemplateCapsule): NonNullable<TemplatesPlan['unknown']> => [
  ...(saved.unread ?? []).map(({ kind, reason }) => ({ kind, when: 'saved' as const, reason })),
  ...(now.unread ?? []).map(({ kind, reason }) => ({ kind, when: 'now' as const, reason })),
];

/**
 * Compares the saved templates with those of the engine. Templates that only the engine has are not reported. Of a kind that the engine does
 * not report now, none is put back: it could overwrite one that was never seen.
 */
export const compareTemplates = (
  saved: TemplateCapsule,
  now: TemplateCapsule,
  owners: TemplateOwners,
): TemplatesPlan => {
  const there = entries(now);
  const unseen = new Set<TemplateKind>(now.unread?.map(({ kind }) => kind));
  const comparable = { ...saved, ...Object.fromEntries([...unseen].map((kind) => [kind, {}])) };
  const unknown = unknownKinds(saved, now);
  const differing = [...entries(comparable)]
    .filter(([name, text]) => there.get(name) !== text)
    .map(([template]) => ({ template, why: owners.get(template) ?? 'unknown', isThere: there.has(template) }));
  const names = (isThere: boolean): readonly string[] =>
    differing.filter((one) => one.isThere === isThere && isPutBack(one)).map(({ template }) => template);
  const leftOut = differing.filter((one) => !isPutBack(one)).map(({ template, why }) => ({ template, why }));
  return { missing: names(false), changed: names(true), leftOut, ...(unknown.length === 0 ? {} : { unknown }) };
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
  ) as Record<TemplateKind, Readonly<Record<string, unknown>>>;

/** The templates of the capsule that are missing from the engine or differ there. */
export const templatesToPutBack = (saved: TemplateCapsule, { missing, changed }: TemplatesPlan): TemplateCapsule => {
  const differing = new Set([...missing, ...changed]);
  return only(saved, (name) => differing.has(name));
};

export const withoutLeftOut = (saved: TemplateCapsule, { leftOut }: TemplatesPlan): TemplateCapsule => {
  const names = new Set(leftOut.map(({ template }) => template));
  return only(saved, (name) => !names.has(name));
};
