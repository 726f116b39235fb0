import { describe, expect, it } from 'vitest';
import { type IndexShape, type Manifest, UNKNOWN_ALIASES } from './manifest.ts';
import {
  type AspectVerdict,
  compareIndices,
  countAspects,
  differencesIn,
  type RestoredAs,
  unmeasuredIn,
} from './manifest-comparison.ts';

const shape: IndexShape = {
  name: 'optimize-alert_v4',
  createdVersion: 8_000_000,
  primaries: 1,
  replicas: 1,
  mapping: 'm1',
  settings: 's1',
  aliases: 'a1',
  open: true,
};
const figures = { name: shape.name, documents: 5, operations: 9, primaryBytes: 100 };
const manifest: Manifest = { shapes: [shape], figures: [figures], templates: 't' };
const saved = { before: manifest, after: manifest };

const compare = (
  found: Partial<IndexShape>,
  documents: number | undefined = 5,
  as: RestoredAs = 'saved',
  from = saved,
) =>
  compareIndices(
    from,
    [shape.name],
    [{ shape: { ...shape, ...found }, figures: documents === undefined ? undefined : { ...figures, documents } }],
    as,
  );
const unmeasurable = (as: RestoredAs, found: Partial<IndexShape> = {}, from = saved) =>
  compareIndices(from, [shape.name], [{ shape: { ...shape, ...found }, figures: undefined }], as);
const notEqual = ({ verdicts }: { readonly verdicts: readonly AspectVerdict[] }) =>
  verdicts.filter(({ is }) => is !== 'equal');

describe('what was restored against the manifest', () => {
  it('equals in every aspect when all is the same, wherever the replicas are', () => {
    const { missing, verdicts } = compare({ replicas: 0 });
    expect(missing).toEqual([]);
    expect(verdicts.map(({ is }) => is)).toEqual(Array(6).fill('equal'));
  });

  it.each([
    [{ mapping: 'm2' }, 'mapping'],
    [{ settings: 's2' }, 'settings'],
    [{ primaries: 2 }, 'primaries'],
    [{ createdVersion: 7_000_000 }, 'createdVersion'],
    [{ aliases: 'a2' }, 'aliases'],
  ] as const)('%j differs in %s', (found, aspect) => {
    expect(notEqual(compare(found))).toMatchObject([{ index: shape.name, aspect, is: 'different' }]);
  });

  it.each(['copy', 'withoutAliases'] as const)('has no verdict on the aliases of indices restored as %s', (as) => {
    const { verdicts } = compare({ aliases: 'a2' }, 5, as);
    expect(verdicts.map(({ aspect }) => aspect)).not.toContain('aliases');
    expect(countAspects(verdicts, as)).not.toHaveProperty('aliases');
  });

  it.each([
    [4, '5'],
    [6, '5'],
  ])('differs in %i documents where exactly %s were saved', (documents, expected) => {
    expect(differencesIn(compare({}, documents))).toEqual([
      { index: shape.name, what: 'documents', expected, found: `${documents}` },
    ]);
  });

  it('names the range of documents where the index was written to while it was saved', () => {
    const after = { ...manifest, figures: [{ ...figures, documents: 7, operations: 11 }] };
    const written = { before: manifest, after };
    for (const documents of [5, 6, 7]) expect(differencesIn(compare({}, documents, 'saved', written))).toEqual([]);
    expect(differencesIn(compare({}, 8, 'saved', written))).toMatchObject([{ expected: '5 to 7', found: '8' }]);
  });

  it('compares each index with its own shape', () => {
    const other = { ...shape, name: 'optimize-dashboard_v8', mapping: 'm2', aliases: UNKNOWN_ALIASES };
    const both = { ...manifest, shapes: [other, shape] };
    const from = { before: both, after: both };
    expect(notEqual(compare({}, 5, 'saved', from))).toEqual([]);
    expect(differencesIn(compare({ mapping: 'm2' }, 5, 'saved', from))).toMatchObject([{ expected: 'm1' }]);
  });

  it('takes either shape where an index changed while its part was made', () => {
    const after = { ...manifest, shapes: [{ ...shape, mapping: 'm2' }] };
    expect(notEqual(compare({ mapping: 'm2' }, 5, 'saved', { before: manifest, after }))).toEqual([]);
    expect(differencesIn(compare({ mapping: 'm3' }, 5, 'saved', { before: manifest, after }))).toMatchObject([
      { what: 'mapping', expected: 'm1 or m2' },
    ]);
  });

  it('names an index that is missing', () => {
    const comparison = compareIndices(saved, [shape.name], [], 'saved');
    expect(differencesIn(comparison)).toEqual([
      { index: shape.name, what: 'index', expected: 'there', found: 'missing' },
    ]);
    expect(comparison.verdicts).toEqual([]);
  });
});

describe('what cannot be compared', () => {
  it('has unmeasured documents without a manifest from after the part, however many came back', () => {
    const lost = compare({}, 0, 'copy', { before: manifest, after: undefined } as never);
    expect(notEqual(lost)).toEqual([{ index: shape.name, aspect: 'documents', is: 'unmeasured', why: 'saved' }]);
  });

  it('is unmeasured in every aspect where no manifest has the index', () => {
    const empty = { shapes: [], figures: [], templates: 't' };
    const { verdicts } = compare({}, 5, 'saved', { before: empty, after: empty });
    expect(verdicts.map(({ is }) => is)).toEqual(Array(6).fill('unmeasured'));
    expect(unmeasuredIn(verdicts)).toMatchObject([{ index: shape.name, why: 'saved', aspects: { length: 6 } }]);
  });

  it('is a difference in a rehearsal where the copy cannot be measured, and unmeasured in a restore', () => {
    expect(differencesIn(unmeasurable('copy'))).toMatchObject([{ what: 'documents', found: 'not measured' }]);
    for (const as of ['saved', 'withoutAliases'] as const) {
      expect(notEqual(unmeasurable(as))).toEqual([
        { index: shape.name, aspect: 'documents', is: 'unmeasured', why: 'restored' },
      ]);
    }
  });

  it.each(['saved', 'withoutAliases', 'copy'] as const)(
    'differs where an index restored as %s is found closed',
    (as) => {
      expect(differencesIn(unmeasurable(as, { open: false }))).toMatchObject([
        { what: 'documents', found: 'not measured, since it is closed' },
      ]);
    },
  );

  it('needs no figures of an index that was saved closed', () => {
    const closed = { shapes: [{ ...shape, open: false }], figures: [], templates: 't' };
    const { verdicts } = unmeasurable('copy', {}, { before: closed, after: closed });
    expect(notEqual({ verdicts })).toEqual([]);
    expect(countAspects(verdicts, 'copy').documents).toEqual({ compared: 0, unmeasured: 0, different: 0 });
  });

  it('is unmeasured where an older manifest has no figures and does not say whether the index was closed', () => {
    const { open: _, ...older } = shape;
    const without = { shapes: [older], figures: [], templates: 't' };
    expect(notEqual(compare({}, 5, 'copy', { before: without, after: without }))).toMatchObject([
      { aspect: 'documents', is: 'unmeasured' },
    ]);
  });

  it('has unmeasured aliases where either side was blocked for metadata', () => {
    const blocked = { ...manifest, shapes: [{ ...shape, aliases: UNKNOWN_ALIASES }] };
    expect(notEqual(compare({}, 5, 'saved', { before: blocked, after: blocked }))).toMatchObject([
      { aspect: 'aliases', is: 'unmeasured', why: 'saved' },
    ]);
    expect(notEqual(compare({ aliases: 'a2' }, 5, 'saved', { before: manifest, after: blocked }))).toMatchObject([
      { aspect: 'aliases', is: 'unmeasured', why: 'saved' },
    ]);
    expect(notEqual(compare({ aliases: UNKNOWN_ALIASES }))).toMatchObject([
      { aspect: 'aliases', is: 'unmeasured', why: 'restored' },
    ]);
  });
});

it('counts what was compared, unmeasured and different, by aspect', () => {
  const { verdicts } = compare({ mapping: 'm2' }, undefined, 'withoutAliases');
  const all = unmeasurable('withoutAliases', { mapping: 'm2' });
  expect(countAspects([...verdicts, ...all.verdicts], 'withoutAliases')).toMatchObject({
    mapping: { compared: 2, unmeasured: 0, different: 2 },
    documents: { compared: 1, unmeasured: 1, different: 0 },
    settings: { compared: 2, unmeasured: 0, different: 0 },
  });
});

it('lists what was not measured by index and by when it was not, and nothing that was', () => {
  const verdict = (index: string, aspect: 'documents' | 'aliases', why?: 'saved' | 'restored'): AspectVerdict =>
    why === undefined ? { index, aspect, is: 'equal' } : { index, aspect, is: 'unmeasured', why };
  const verdicts = [
    ...[verdict('a', 'documents', 'saved'), verdict('a', 'aliases', 'saved'), verdict('b', 'documents')],
    ...[verdict('b', 'aliases', 'restored'), verdict('c', 'documents', 'saved'), verdict('c', 'aliases', 'restored')],
  ];
  expect(unmeasuredIn(verdicts)).toEqual([
    { index: 'a', aspects: ['documents', 'aliases'], why: 'saved' },
    { index: 'b', aspects: ['aliases'], why: 'restored' },
    { index: 'c', aspects: ['documents'], why: 'saved' },
    { index: 'c', aspects: ['aliases'], why: 'restored' },
  ]);
});
