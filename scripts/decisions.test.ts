import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const decisions = new URL('../docs/decisions/', import.meta.url);

it('numbers each decision once', () => {
  const numbers = readdirSync(decisions).map((file) => file.slice(0, 4));
  expect(numbers.toSorted()).toEqual([...new Set(numbers)].toSorted());
});

it('heads each decision with its number and its title', () => {
  const misnamed = readdirSync(decisions).filter((file) => {
    const [heading = ''] = readFileSync(new URL(file, decisions), 'utf8').split('\n');
    return !heading.startsWith(`# ${Number(file.slice(0, 4))}. `);
  });
  expect(misnamed).toEqual([]);
});

it('refers only to decisions that exist', () => {
  const numbers = readdirSync(decisions).map((file) => file.slice(0, 4));
  const architecture = readFileSync(new URL('../ARCHITECTURE.md', import.meta.url), 'utf8');
  const named = [...architecture.matchAll(/docs\/decisions\/(\d{4})/g)].map(([, number]) => number);
  expect(named.filter((number) => !numbers.includes(String(number)))).toEqual([]);
  expect(named.length).toBeGreaterThan(10);
});
