import { describe, expect, it } from 'vitest';
import { optimizeIndices } from './catalogue.ts';
import { fieldMapping, indexMapping } from './mapping.ts';

const object = (properties?: object) => ({ type: 'object', dynamic: true, ...(properties && { properties }) });
const disabled = { type: 'object', enabled: false };
const keyword = { type: 'keyword' };

describe("the catalogue's notation", () => {
  it.each([
    ['keyword', keyword],
    ['enabled:false', disabled],
    ['text(index:false)', { type: 'text', index: false }],
    ['object(dynamic)', object()],
    ['nested', { type: 'nested', dynamic: true }],
    [
      'nested{value:integer,unit:keyword}',
      { type: 'nested', dynamic: true, properties: { value: { type: 'integer' }, unit: keyword } },
    ],
    ['nested{id,color}', { type: 'nested', dynamic: true, properties: { id: keyword, color: keyword } }],
    ['object{on:boolean,results:object(dynamic)}', object({ on: { type: 'boolean' }, results: object() })],
    [
      'object(dynamic){view,filter: enabled:false; on:boolean}',
      object({ view: disabled, filter: disabled, on: { type: 'boolean' } }),
    ],
  ])('%s', (notation, mapping) => {
    expect(fieldMapping(notation)).toEqual(mapping);
  });

  it.each(['', 'keywrd', 'nested{', 'object(dynamc)'])('throws on %j', (notation) => {
    expect(() => fieldMapping(notation)).toThrow('unknown kind');
  });

  it('is understood for every index', () => {
    for (const { fields } of optimizeIndices('optimize')) expect(indexMapping(fields)).toHaveProperty('properties');
  });
});

describe('another prefix', () => {
  it('takes the place of the word optimize in index and aliases', () => {
    const index = optimizeIndices('acme').find(({ name }) => name === 'event');
    expect(index).toMatchObject({ index: 'acme-event_v4-000001', aliases: ['acme-event'], writeAlias: 'acme-event' });
  });
});
