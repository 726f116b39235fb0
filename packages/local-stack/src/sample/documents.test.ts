import { describe, expect, it } from 'vitest';
import { sampleDocuments, sampleNames } from './documents.ts';

const options = { processInstances: 40, seed: 7 };
const documents = sampleDocuments(options);
const of = (name: string) => documents.filter((document) => document.name === name).map(({ source }) => source);
const newest = (name: string, field: string) =>
  of(name)
    .map((source) => String(source[field]))
    .sort()
    .at(-1);

describe('the sample data', () => {
  it('is the same for the same seed, another for another', () => {
    expect(sampleDocuments(options)).toEqual(documents);
    expect(sampleDocuments({ ...options, seed: 8 })).not.toEqual(documents);
  });

  it('has documents for indices of the catalogue only, and at least one for each', () => {
    expect([...new Set(documents.map(({ name }) => name))].sort()).toEqual(sampleNames().sort());
  });

  it('gives every document of an index an id of its own', () => {
    const ids = documents.map(({ name, id }) => `${name}/${id}`);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each([
    ['process-instance', 'process-instance-invoice', 'startDate'],
    ['decision-instance', 'decision-instance-assignapprover', 'evaluationDateTime'],
    ['camunda-activity-event', 'camunda-activity-event-invoice', 'timestamp'],
  ])('has import positions of %s that agree with the data', (type, index, field) => {
    const refersTo = (source: Record<string, unknown>) => source.esTypeIndexRefersTo === type;
    const byTime = of('timestamp-based-import-index').filter(refersTo);
    const byPosition = of('position-based-import-index').filter(refersTo);
    expect(byTime).toMatchObject([{ timestampOfLastEntity: newest(index, field) }]);
    expect(byPosition).toMatchObject([{ positionOfLastEntity: String(of(index).length) }]);
  });

  it('ends with the metadata, by which a later start sees that all is there', () => {
    expect(documents.at(-1)).toMatchObject({ name: 'metadata', id: '1', source: { schemaVersion: '3.9.0' } });
  });

  it('nests activities, variables and some incidents in the process instances', () => {
    const instances = sampleDocuments({ processInstances: 400, seed: 1 }).filter(
      ({ name }) => name === 'process-instance-invoice',
    );
    expect(instances.every(({ source }) => (source.flowNodeInstances as object[]).length > 0)).toBe(true);
    expect(instances.every(({ source }) => (source.variables as object[]).length === 3)).toBe(true);
    expect(instances.some(({ source }) => (source.incidents as object[]).length > 0)).toBe(true);
  });
});
