import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const checkout = fileURLToPath(new URL('..', import.meta.url));
const files = globSync(
  ['*.{md,ts}', 'docs/**/*.md', '{apps,packages,prisma,simulation,e2e,bench,mutation,scripts}/**/*.{ts,mjs,md,prisma}'],
  { cwd: checkout, exclude: (path) => path.includes('node_modules') },
);
const names = new Set(files.map((file) => basename(file)));

/** Files that comments of a source name, but for examples such as x.ts. */
const citedIn = (source: string): readonly string[] =>
  source
    .split('\n')
    .flatMap((line) => /(?:^|\s)(?:\/\/|\/?\*)\s?(.*)/.exec(line)?.[1] ?? [])
    .flatMap((comment) => comment.match(/[\w./-]*[\w-]{2,}\.(?:md|ts|mjs)\b/g) ?? []);

it('comments cite only files that are in the repository', () => {
  const missing = files
    .filter((file) => /\.(?:ts|mjs|prisma)$/.test(file))
    .flatMap((file) =>
      citedIn(readFileSync(join(checkout, file), 'utf8'))
        .filter((cited) => !names.has(basename(cited)) && !existsSync(join(checkout, cited)))
        .map((cited) => `${file}: ${cited}`),
    );
  expect(missing).toEqual([]);
});

it('reads the comments', () => {
  expect(citedIn('/** As DESIGN.md says (x.ts). */\nconst a = "b.ts"; // see docs/rest.md')).toEqual([
    'DESIGN.md',
    'docs/rest.md',
  ]);
});
