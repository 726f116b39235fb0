import { expect, it } from 'vitest';
import { addressesIn } from './address-list.ts';

it.each([
  ['http://a:9200', ['http://a:9200']],
  ['http://a:9200,http://b:9200', ['http://a:9200', 'http://b:9200']],
  [' https://a , https://u:p,w@b ', ['https://a', 'https://u:p,w@b']],
  ['http://a,b', ['http://a,b']],
])('finds the addresses in %s', (list, found) => {
  expect(addressesIn(list)).toEqual(found);
});
