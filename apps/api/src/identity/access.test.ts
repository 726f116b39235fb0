import { describe, expect, it } from 'vitest';
import { type RouteTable, routes } from '../routes/index.ts';
import { access } from './access.ts';

describe('access', () => {
  const ids = routes({ metrics: {} } as RouteTable).map(({ docs }) => docs.id);

  it('has a row for every route, and for nothing else', () => {
    expect(Object.keys(access).toSorted()).toEqual([...new Set(ids)].toSorted());
  });
});
