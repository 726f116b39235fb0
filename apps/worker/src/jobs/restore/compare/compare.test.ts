import { fail } from '@tandem/shared/domain/failure/failure.ts';
import {
  NO_MEMORY,
  type RestoreMemory,
  type RestorePart,
  type RestoreReport,
  type RestoreTask,
} from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { describe, expect, it } from 'vitest';
import type { RestoreTick } from '../context.ts';
import { ALERTS, actor, inPlace, POSITIONS, RESTORE, setUp as setUpWorld } from '../restore.fixture.ts';
import { compareRestored } from './compare.ts';

const part = (number: number, ...names: readonly string[]) =>
  ({
    ...{ number, snapshot: `part ${number}`, uuid: null },
    indices: names.map((index) => ({ index, as: index })),
  }) as RestorePart;
const PARTS = [part(1, POSITIONS), part(2, ALERTS)];
/** No manifest tells of it. */
const unknownPart = (count: number) =>
  part(3, ...Array.from({ length: count }, (_, at) => `optimize-x-${String(at).padStart(3, '0')}`));
const ALERTS_AS_SAVED = { aliases: ['optimize-alert'] };

type Given = {
  readonly task?: Partial<RestoreTask>;
  readonly memory?: Partial<RestoreMemory>;
  readonly report?: Partial<RestoreReport>;
};

/** What was saved is there, as if it had been restored; `hidden` cannot be measured. */
const setUp = async (preparation: Parameters<typeof setUpWorld>[0] = {}) => {
  const hidden = new Set<string>();
  const { engine, history, backup } = await setUpWorld({
    ...preparation,
    onCall: (method, subject) => {
      if (method === 'measureIndices' && subject.split(',').some((name) => hidden.has(name)))
        throw fail('ENGINE_BUSY', 'not all primary shards are started', { call: 'measureIndices' });
    },
  });
  const compare = async ({ task, memory, report }: Given = {}) => {
    const detail = {
      task: { ...inPlace, inPlace: true, parts: PARTS, notRestored: [], deletes: [], ...task },
      memory: { ...NO_MEMORY, startedAt: '2026-01-01T00:00:00.000Z', parts: { 1: 'done', 2: 'done' }, ...memory },
      ...{ restored: {}, report },
    };
    const now = new Date('2026-01-01T00:01:00Z');
    const operation = { operationId: RESTORE, trigger: 'request', now, backup: await backup() };
    const seen = await engine.indexRecoveries(detail.task.parts.flatMap(({ indices }) => indices.map(({ as }) => as)));
    const tools = { record: async () => undefined };
    const tick = { job: { engine, history, actor }, operation, detail, tools, seen } as unknown as RestoreTick;
    const change = await compareRestored(tick);
    const written = change.detail ?? {};
    return { change, memory: written.memory as RestoreMemory, report: written.report as RestoreReport };
  };
  return { engine, hidden, compare };
};

const well = { state: 'SUCCEEDED', at: 'done', reason: undefined };

describe('a restore that compared well', () => {
  it('says what was compared, and goes on with the blocks', async () => {
    const { compare } = await setUp();
    const { change, memory, report } = await compare({ memory: { blocked: [1, 2] } });
    const aspect = { compared: 2, unmeasured: 0, different: 0 };
    expect(report).toEqual({
      ...{ indices: 2, documents: 8, bytes: 1_300, milliseconds: 60_000, differences: [], differing: 0 },
      compared: [
        ...['every index is there', 'every primary shard is started', 'documents', 'shards'],
        ...['version that created it', 'mapping', 'settings', 'aliases'],
      ],
      aspects: {
        ...{ documents: aspect, primaries: aspect, createdVersion: aspect },
        ...{ mapping: aspect, settings: aspect, aliases: aspect },
      },
      ...{ unmeasured: [], unmeasuredIndices: 0, notRestored: [], unsaved: [], templates: null },
      blocks: { set: {}, unknown: 0 },
    });
    expect(memory).toMatchObject({ step: 'blocks', ending: well, savedBlocks: {} });
    expect(change).toMatchObject({
      events: [
        {
          kind: 'restore.step',
          after: { operationId: RESTORE, step: 'compare', indices: 2, documents: 8 },
        },
      ],
      ...{ tries: 'progress', outcome: { do: 'wait', inMs: 0 } },
    });
  });

  it.each([
    ['is done where it set no block, and says nothing of any', {}, 'done'],
    ['removes its copy where it was a rehearsal', { copy: true }, 'take-back'],
  ])('%s', async (_, task, step) => {
    const { engine, compare } = await setUp();
    await engine.setIndexBlock([POSITIONS], 'write', 'set');
    const { memory, report } = await compare({ task });
    expect(memory).toMatchObject({ step, ending: well, savedBlocks: {} });
    expect(report).not.toHaveProperty('blocks');
  });

  it('remembers the blocks of those that were saved with any, and counts those that nothing tells of', async () => {
    const { engine, compare } = await setUp({
      prepare: async (before) => before.setIndexBlock([POSITIONS], 'write', 'set'),
    });
    engine.createIndex('optimize-x-000', 1);
    const { memory, report } = await compare({ task: { parts: [...PARTS, unknownPart(1)] }, memory: { blocked: [1] } });
    const set = { [POSITIONS]: ['write'] };
    expect(memory.savedBlocks).toEqual(set);
    expect(report.blocks).toEqual({ set, unknown: 1 });
  });

  it('keeps what it says of templates', async () => {
    const templates = { missing: ['t'], changed: [], restored: [], refused: [] };
    const { report } = await (await setUp()).compare({ report: { templates } });
    expect(report.templates).toEqual(templates);
  });

  it('claims no comparison of what no manifest tells of, and lists at most 100 of those', async () => {
    const { engine, compare } = await setUp();
    const unknown = unknownPart(101);
    for (const { as } of unknown.indices) engine.createIndex(as, 1);
    const { memory, report } = await compare({ task: { parts: [unknown] } });
    expect(memory.ending).toEqual(well);
    expect(report.compared).toEqual(['every index is there', 'every primary shard is started']);
    expect([report.unmeasured?.length, report.unmeasuredIndices]).toEqual([100, 101]);
  });
});

describe('a restored index that cannot be measured', () => {
  it.each([0, 1, 2])('is waited for, after %s times in vain', async (measuredInVain) => {
    const { hidden, compare } = await setUp();
    hidden.add(ALERTS);
    const { change, memory } = await compare({ memory: { measuredInVain, step: 'templates' } });
    expect(memory).toMatchObject({ step: 'compare', measuredInVain: measuredInVain + 1, ending: undefined });
    expect(change).toMatchObject({ tries: 'progress', outcome: { do: 'wait', inMs: 5_000 } });
    expect(change.detail).not.toHaveProperty('report');
  });

  it('is listed after the third time', async () => {
    const { hidden, compare } = await setUp();
    hidden.add(ALERTS);
    const { memory, report } = await compare({ memory: { measuredInVain: 3 } });
    expect(memory.ending).toEqual(well);
    expect(report).toMatchObject({
      ...{ documents: 3, unmeasuredIndices: 1 },
      unmeasured: [{ index: ALERTS, aspects: ['documents'], why: 'restored' }],
    });
  });

  it('is not waited for, nor measured, where it is closed', async () => {
    const { engine, compare } = await setUp();
    engine.setIndexOpen(ALERTS, false);
    const before = engine.calls.length;
    const { memory } = await compare();
    expect(memory.ending?.reason).toMatchObject({
      code: 'RESTORE_DIFFERS',
      data: { differences: [{ index: ALERTS, what: 'documents', found: 'not measured, since it is closed' }] },
    });
    const measured = engine.calls.slice(before).filter(({ method }) => method === 'measureIndices');
    expect(measured.map(({ subject }) => subject)).toEqual([POSITIONS]);
  });
});

describe('what differs', () => {
  it('is named with what was expected, and a digest by its beginning', async () => {
    const { engine, compare } = await setUp();
    engine.createIndex(ALERTS, 4, { ...ALERTS_AS_SAVED, mappings: { properties: { more: { type: 'keyword' } } } });
    const { memory, report } = await compare({ memory: { blocked: [] } });
    expect(memory).toMatchObject({ step: 'take-back', ending: { state: 'FAILED', at: 'compare' } });
    expect(memory.ending?.reason).toMatchObject({ code: 'RESTORE_DIFFERS', data: { differing: 2, step: 'compare' } });
    expect(memory.ending?.reason?.message).toMatch(
      /^What was restored differs from what was saved: optimize-alert_v4: documents expected 5, found 4; optimize-alert_v4: mapping expected [0-9a-f]{12}…, found [0-9a-f]{12}…\.$/,
    );
    expect(report).toMatchObject({ differing: 2, documents: 7 });
  });

  it('is cut in words after ten', async () => {
    const { compare } = await setUp();
    const missing = unknownPart(11);
    const { memory } = await compare({ task: { parts: [missing] } });
    const names = missing.indices.slice(0, 10).map(({ index }) => `${index}: index expected there, found missing`);
    expect(memory.ending?.reason).toMatchObject({
      message: `What was restored differs from what was saved: ${names.join('; ')} and 1 more.`,
      data: { differing: 11 },
    });
  });

  it.each([
    ['alone: no difference', false, '', 0],
    [
      'with one that differs: both are named',
      true,
      ` What was restored differs from what was saved: ${POSITIONS}: documents expected 3, found 2.`,
      1,
    ],
  ])('is not what was written to since, %s', async (_, differs, rest, differing) => {
    const { engine, compare } = await setUp();
    engine.write(ALERTS, 1);
    if (differs) engine.createIndex(POSITIONS, 2, { aliases: ['optimize-import-index'] });
    const { memory, report } = await compare();
    expect(memory.ending).toEqual({
      ...{ state: 'FAILED', at: 'compare' },
      reason: {
        code: 'RESTORE_WRITTEN',
        message: `1 indices were written to before they could be compared with what was saved: ${ALERTS}.${rest}`,
        data: { indices: [ALERTS], count: 1, differing, step: 'compare' },
      },
    });
    expect(report.differing).toBe(differing);
  });
});
