import type { TemplateCapsule, TemplateKind } from '@tandem/shared/domain/index-facts.ts';
import type { Send } from './engine-transport.ts';
import { requireTrue } from './reply-fields.ts';
import { templatesIn } from './template-reply.ts';

const PATHS = {
  lifecyclePolicies: ['_ilm', 'policy'],
  componentTemplates: ['_component_template'],
  indexTemplates: ['_index_template'],
  legacyTemplates: ['_template'],
} as const satisfies Record<TemplateKind, readonly string[]>;

/** What a template names must be there before it. */
const IN_ORDER = ['lifecyclePolicies', 'componentTemplates', 'indexTemplates', 'legacyTemplates'] as const;

/** Engines built without x-pack answer 400 or 405 for policies (seen on 7.17.29, 8.19.21 and 9.5.3). */
const NO_POLICIES = [400, 404, 405];

export const allTemplates = async (send: Send, master: Readonly<Record<string, string>>): Promise<TemplateCapsule> => {
  const read = (kind: TemplateKind, ignore: number[] = []) =>
    send({ method: 'GET', path: PATHS[kind], query: master, ignore });
  const [policies, components, indexTemplates, legacyTemplates] = await Promise.all([
    read('lifecyclePolicies', NO_POLICIES),
    read('componentTemplates'),
    read('indexTemplates'),
    read('legacyTemplates'),
  ]);
  return templatesIn({ policies, components, indexTemplates, legacyTemplates });
};

export const putTemplates = async (
  send: Send,
  master: Readonly<Record<string, string>>,
  templates: TemplateCapsule,
): Promise<void> => {
  for (const kind of IN_ORDER) {
    for (const [name, body] of Object.entries(templates[kind])) {
      const path = [...PATHS[kind], name];
      requireTrue(await send({ method: 'PUT', path, query: master, body: body as object }), 'acknowledged');
    }
  }
};
