import { basename, resolve } from 'node:path';
import { measure } from './style/measurements.ts';

// npm run measure-style [-- CHECKOUT …]: how long functions and files are and what is described, as a Markdown table with a column per checkout

const given = process.argv.slice(2);
const checkouts = given.length > 0 ? given : ['.'];
const columns = checkouts.map((checkout) => measure(resolve(checkout)));
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

console.log(row(['', ...checkouts.map((checkout) => basename(resolve(checkout)))]));
console.log(row(['---', ...checkouts.map(() => '---')]));
for (const [at, { name }] of (columns[0] ?? []).entries()) {
  console.log(row([name, ...columns.map((column) => column[at]?.value ?? '')]));
}
