import { type Failure, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type {
  TemplateCapsule,
  TemplateKind,
  UnreadTemplates,
} from '@tandem/shared/domain/restore/manifest/index-facts.ts';
import type { RefusedTemplate } from '../../index-port.ts';
import { templatesOfKind } from '../replies/template.ts';
import { requireTrue } from '../reply-fields.ts';
import type { Send } from '../transport/engine-transport.ts';

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

type ReadKind = { readonly found: Readonly<Record<string, unknown>>; readonly unread: readonly UnreadTemplates[] };

/** What the engine, or a service in front of it, does not allow to be read is listed as unread. */
export const allTemplates = async (send: Send, master: Readonly<Record<string, string>>): Promise<TemplateCapsule> => {
  const read = async (kind: TemplateKind): Promise<ReadKind> => {
    try {
      const reply = await send({ method: 'GET', path: PATHS[kind], query: master });
      return { found: templatesOfKind[kind](reply), unread: [] };
    } catch (error) {
      if (!isFailure(error, 'ENGINE_FORBIDDEN', 'ENGINE_BLOCKED', 'ENGINE_REFUSED')) throw error;
      if (kind === 'lifecyclePolicies' && NO_POLICIES.includes(Number(error.data.status)))
        return { found: {}, unread: [] };
      return { found: {}, unread: [{ kind, reason: reasonOf(error) }] };
    }
  };
  const [policies, components, indexTemplates, legacyTemplates] = await Promise.all([
    read('lifecyclePolicies'),
    read('componentTemplates'),
    read('indexTemplates'),
    read('legacyTemplates'),
  ]);
  const unread = [policies, components, indexTemplates, legacyTemplates].flatMap((kind) => kind.unread);
  return {
    lifecyclePolicies: policies.found,
    componentTemplates: components.found,
    indexTemplates: indexTemplates.found,
    legacyTemplates: legacyTemplates.found,
    ...(unread.length === 0 ? {} : { unread }),
  };
};

export const putTemplates = async (
  send: Send,
  master: Readonly<Record<string, string>>,
  templates: TemplateCapsule,
): Promise<readonly RefusedTemplate[]> => {
  const refused: RefusedTemplate[] = [];
  for (const kind of IN_ORDER) {
    for (const [name, body] of Object.entries(templates[kind])) {
      const path = [...PATHS[kind], name];
      try {
        requireTrue(await send({ method: 'PUT', path, query: master, body: body as object }), 'acknowledged');
      } catch (error) {
        if (!isFailure(error, 'ENGINE_REFUSED', 'ENGINE_FORBIDDEN')) throw error;
        refused.push({ template: `${kind}/${name}`, reason: reasonOf(error) });
      }
    }
  }
  return refused;
};

const reasonOf = ({ data, message }: Failure): string =>
  typeof data.reason === 'string' && data.reason !== '' ? data.reason : message;
