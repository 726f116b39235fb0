import { canonicalJson } from '@tandem/shared/domain/canonical-json.ts';
import { TEMPLATE_KINDS, type TemplateCapsule } from '@tandem/shared/domain/index-facts.ts';
import type { TemplatesPlan } from '@tandem/shared/domain/plan-facts.ts';

const entries = (capsule: TemplateCapsule): ReadonlyMap<string, string> =>
  new Map(
    TEMPLATE_KINDS.flatMap((kind) =>
      Object.entries(capsule[kind]).map(([name, body]) => [`${kind}/${name}`, canonicalJson(body)] as const),
    ),
  );

/** What was saved with a backup against what the engine has; what the engine has besides is not told. */
export const compareTemplates = (saved: TemplateCapsule, now: TemplateCapsule): TemplatesPlan => {
  const there = entries(now);
  const names = [...entries(saved)];
  return {
    missing: names.filter(([name]) => !there.has(name)).map(([name]) => name),
    changed: names.filter(([name, text]) => there.has(name) && there.get(name) !== text).map(([name]) => name),
  };
};

/** Those of the capsule that are missing or differ. */
export const templatesToPutBack = (saved: TemplateCapsule, { missing, changed }: TemplatesPlan): TemplateCapsule => {
  const wanted = new Set([...missing, ...changed]);
  const chosen = TEMPLATE_KINDS.map((kind) => [
    kind,
    Object.fromEntries(Object.entries(saved[kind]).filter(([name]) => wanted.has(`${kind}/${name}`))),
  ]);
  return Object.fromEntries(chosen) as TemplateCapsule;
};
