import { SCRATCH_MARK } from '@tandem/shared/domain/doctor/scratch.ts';
import type { ExaminedEngine } from '../examination-port.ts';
import type { EngineInfo } from '../port.ts';
import { requirePlainName } from '../rest/request-rules.ts';
import { type InMemoryCalls, refuse } from './calls.ts';
import { newIndex, onlyNode, type World } from './world.ts';

type Context = {
  readonly world: World;
  readonly info: EngineInfo;
  readonly now: () => Date;
  readonly newUuid: () => string;
};

const MAPPINGS = { _meta: { tandem: SCRATCH_MARK } };

export const inMemoryExamination = (
  { call }: Pick<InMemoryCalls, 'call'>,
  { world, info, now, newUuid }: Context,
): ExaminedEngine => ({
  inspectNodes: () =>
    call('inspectNodes', '', () =>
      world.notAllowed.has('inspectNodes')
        ? undefined
        : (world.capacity.nodes ?? [onlyNode]).map(({ name }) => ({ name, version: info.version, clock: now() })),
    ),

  lackingRights: (patterns) =>
    call('lackingRights', patterns.join(), () => {
      for (const pattern of patterns) requirePlainName('index pattern', pattern.replace(/\*$/, ''));
      return world.lackingRights;
    }),

  createScratchIndex: (name) =>
    call('createScratchIndex', name, () => {
      requirePlainName('index name', name);
      if (world.indices.has(name)) refuse('ENGINE_REFUSED', 'createScratchIndex', `there is an index ${name}`);
      const made = { uuid: newUuid(), createdVersion: info.newestReadable, docs: 0 };
      world.indices.set(name, newIndex(made, { hidden: true, mappings: MAPPINGS }));
    }),
});
