import type { TemplateKind } from '@tandem/shared/domain/restore/manifest/index-facts.ts';
import { type Fields, fieldsAt, fieldsUnder, listAt, textAt } from '../reply-fields.ts';

/** Fields that 9 returns and does not accept. */
const READ_ONLY = ['created_date', 'created_date_millis', 'modified_date', 'modified_date_millis'];

const writable = (value: unknown, where: string): Fields =>
  Object.fromEntries(Object.entries(fieldsAt(value, where)).filter(([field]) => !READ_ONLY.includes(field)));

const listed = (reply: unknown, list: string, item: string): Fields =>
  Object.fromEntries(
    listAt(fieldsAt(reply, 'the answer')[list], list).map((value, position) => {
      const where = `${list}[${position}]`;
      const entry = fieldsAt(value, where);
      return [textAt(entry.name, `${where}.name`), writable(entry[item], `${where}.${item}`)];
    }),
  );

/** The reply also holds the policy's version, date and users; an engine without lifecycle policies returns an error. */
const policiesIn = (reply: unknown): Fields => {
  const answer = fieldsAt(reply, 'the answer');
  if ('error' in answer) return {};
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]) => [name, { policy: fieldsAt(value, name).policy }]),
  );
};

/** Reads the reply to the list of each kind. */
export const templatesOfKind = {
  lifecyclePolicies: policiesIn,
  componentTemplates: (reply) => listed(reply, 'component_templates', 'component_template'),
  indexTemplates: (reply) => listed(reply, 'index_templates', 'index_template'),
  legacyTemplates: (reply) => fieldsAt(reply, 'the answer'),
} as const satisfies Record<TemplateKind, (reply: unknown) => Fields>;

/** From the cluster-state API with `flat_settings`. */
export const settingsIn = (reply: unknown): readonly Fields[] => {
  const indices = fieldsUnder(reply, 'metadata', 'indices');
  return Object.entries(indices).map(([name, index]) => fieldsAt(fieldsAt(index, name).settings, `${name}.settings`));
};
