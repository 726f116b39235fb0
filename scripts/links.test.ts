import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const checkout = fileURLToPath(new URL('..', import.meta.url));
const documents = globSync(['*.md', 'docs/**/*.md', '{bench,mutation,simulation}/**/*.md'], {
  cwd: checkout,
  exclude: (path) => path.includes('node_modules'),
});

/** What GitHub makes of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

const anchorsIn = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading ?? ''));

const isBroken = (document: string, link: string): boolean => {
  const [path = '', anchor] = link.split('#');
  const file = path === '' ? join(checkout, document) : join(checkout, dirname(document), path);
  if (!existsSync(file)) return true;
  return anchor !== undefined && file.endsWith('.md') && !anchorsIn(file).includes(anchor);
};

it.each(documents)('%s links to files and headings that are there', (document) => {
  const links = [...readFileSync(join(checkout, document), 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map(
    ([, to]) => to ?? '',
  );
  const broken = links.filter((link) => !/^[a-z]+:/.test(link) && isBroken(document, link));
  expect(broken).toEqual([]);
});

it('reads the documents', () => {
  expect(documents).toEqual(expect.arrayContaining(['README.md', 'ARCHITECTURE.md', 'docs/faults.md']));
});
