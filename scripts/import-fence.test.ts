import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Who may import whom (ARCHITECTURE.md): the importing file, what it imports, whether lint lets it. */
const fence = [
  ['packages/shared/src/domain/probe.ts', 'zod', true],
  ['packages/shared/src/domain/probe.ts', './failure.ts', true],
  ['packages/shared/src/domain/probe.ts', 'node:fs', false],
  ['packages/shared/src/domain/probe.ts', 'pino', false],
  ['packages/shared/src/domain/probe.ts', '@tandem/engine/port.ts', false],
  ['packages/engine/src/probe.ts', '@tandem/shared/domain/backup/snapshot.ts', true],
  ['packages/engine/src/probe.ts', '@elastic/elasticsearch', true],
  ['packages/engine/src/probe.ts', '@tandem/queue/port.ts', false],
  ['packages/history/src/probe.ts', '@tandem/engine/port.ts', false],
  ['packages/queue/src/probe.ts', '@tandem/runtime/logging/logger.ts', false],
  ['packages/queue/src/probe.ts', '@tandem/api/compose.ts', false],
  ['packages/runtime/src/probe.ts', '@tandem/history/ports/backups.ts', false],
  ['packages/runtime/src/probe.ts', 'ioredis', false],
  ['packages/planning/src/probe.ts', '@tandem/engine/index-port.ts', true],
  ['packages/planning/src/probe.ts', '@tandem/history/ports/history.ts', true],
  ['packages/planning/src/probe.ts', '@tandem/engine/in-memory/engine.ts', false],
  ['packages/planning/src/probe.ts', '@tandem/history/postgres/prisma-history.ts', false],
  ['packages/planning/src/probe.ts', '@tandem/queue/port.ts', false],
  ['packages/client/src/probe.ts', 'openapi-fetch', true],
  ['packages/client/src/probe.ts', '@tandem/shared/contract/backups.ts', false],
  ['packages/client/src/probe.ts', 'node:fs', false],
  ['packages/client/src/probe.ts', 'undici', false],
  ['packages/client/src/node/probe.ts', 'undici', true],
  ['packages/client/src/node/probe.ts', 'node:tls', true],
  ['packages/client/src/node/probe.ts', '@tandem/shared/contract/backups.ts', false],
  ['packages/client/src/probe.test.ts', 'node:http', true],
  ['packages/local-stack/src/probe.ts', '@tandem/history/migrate/migrate.ts', false],
  ['apps/api/src/compose.ts', '@tandem/history/postgres/prisma-history.ts', true],
  ['apps/api/src/compose.ts', '@elastic/elasticsearch', false],
  ['apps/cli/src/offline/compose.ts', '@tandem/history/postgres/prisma-history.ts', true],
  ['apps/cli/src/offline/compose.ts', 'pg', false],
  ['apps/cli/src/offline/probe.ts', '@tandem/history/postgres/prisma-history.ts', false],
  ['apps/cli/src/offline/probe.ts', '@tandem/queue/redis/redis-owner.ts', false],
  ['apps/cli/src/offline/probe.ts', '@tandem/history/ports/seals.ts', true],
  ['apps/cli/src/compose.ts', '@tandem/history/postgres/prisma-history.ts', false],
  ['apps/cli/src/probe.ts', '@tandem/history/postgres/prisma-history.ts', false],
  ['apps/cli/src/probe.ts', '@tandem/history/ports/seals.ts', false],
  ['apps/cli/src/probe.ts', '@tandem/runtime/new-id.ts', false],
  ['apps/cli/src/probe.ts', './offline/compose.ts', false],
  ['apps/cli/src/probe.ts', '@tandem/client/client.ts', true],
  ['apps/cli/src/probe.ts', '@tandem/shared/domain/duration.ts', true],
  ['apps/worker/src/probe.ts', '@tandem/cli/offline/compose.ts', false],
  ['apps/api/src/routes/probe.ts', '@tandem/history/ports/backups.ts', true],
  ['apps/api/src/routes/probe.ts', '@tandem/history/postgres/prisma-history.ts', false],
  ['apps/api/src/routes/probe.ts', 'express', false],
  ['apps/api/src/server.ts', 'express', true],
  ['apps/api/src/server.ts', 'bullmq', false],
  ['apps/api/src/express/probe.ts', 'express', true],
  ['apps/api/src/express/probe.ts', '@tandem/history/postgres/prisma-history.ts', false],
  ['apps/worker/src/jobs/probe.ts', '@tandem/engine/in-memory/engine.ts', false],
  ['apps/worker/src/jobs/probe.ts', '../../../api/src/server.ts', false],
  ['apps/worker/src/jobs/probe.ts', '../../../../packages/engine/src/elasticsearch.ts', false],
  ['apps/worker/src/probe.ts', '@tandem/local-stack/stack.ts', false],
  ['apps/worker/src/probe.test.ts', '@tandem/local-stack/stack.ts', true],
  ['apps/worker/src/probe.test.ts', '@tandem/engine/in-memory/engine.ts', true],
  ['apps/worker/src/probe.fixture.ts', '@tandem/engine/in-memory/engine.ts', true],
  ['packages/engine/src/probe.fixture.ts', '@tandem/local-stack/stack.ts', true],
] as const;

const checkout = fileURLToPath(new URL('..', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'import-fence-'));

/** compose.ts and server.ts are known by their names, so probes under the same name stand in trees of their own. */
const placed = fence.map(([path], row) => {
  const tree = fence.slice(0, row).filter(([earlier]) => earlier === path && !path.includes('/probe')).length;
  return { tree: String(tree), path: path.replace('/probe', `/probe-${row}`) };
});

/** The files of a tree in which lint reports that rule. */
const lint = (tree: string, rule: string): readonly string[] => {
  const biome = join(checkout, 'node_modules/@biomejs/biome/bin/biome');
  const options = { cwd: join(root, tree), encoding: 'utf8' } as const;
  const { stdout, stderr } = spawnSync(process.execPath, [biome, 'lint', '--max-diagnostics=none', '.'], options);
  const found = `${stdout}${stderr}`.matchAll(/^(\S+?):\d+:\d+ lint\/(\S+)/gm);
  return [...found].filter(([, , name]) => name === rule).map(([, path]) => path ?? '');
};

/** Writes `files` into a tree of their own; the files that lint reports as part of a cycle, sorted. */
const cyclesIn = (tree: string, files: Readonly<Record<string, string>>): readonly string[] => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, tree, path)), { recursive: true });
    writeFileSync(join(root, tree, path), text);
  }
  copyFileSync(join(checkout, 'biome.json'), join(root, tree, 'biome.json'));
  return [...lint(tree, 'suspicious/noImportCycles')].sort();
};

afterAll(() => rmSync(root, { recursive: true }));

describe('import cycles', () => {
  it.each([
    'apps/worker/src',
    'packages/shared/src',
    'bench/src',
    'e2e/src',
    'simulation/src',
    'packages/local-stack/src',
  ])('refuses two files of %s that import each other', (folder) => {
    expect(
      cyclesIn(`cycle-${folder.replaceAll('/', '-')}`, {
        [`${folder}/chicken.ts`]: "import { egg } from './egg.ts';\n\nexport const chicken = () => egg();\n",
        [`${folder}/egg.ts`]: "import { chicken } from './chicken.ts';\n\nexport const egg = () => chicken();\n",
      }),
    ).toEqual([`${folder}/chicken.ts`, `${folder}/egg.ts`]);
  });

  it('refuses a cycle of types alone', () => {
    expect(
      cyclesIn('cycle-of-types', {
        'apps/api/src/a.ts': "import type { B } from './b.ts';\n\nexport type A = { readonly b: B };\n",
        'apps/api/src/b.ts': "import type { A } from './a.ts';\n\nexport type B = { readonly a?: A };\n",
      }),
    ).toHaveLength(2);
  });

  it('lets imports that run one way pass', () => {
    expect(
      cyclesIn('no-cycle', {
        'apps/api/src/a.ts': "import type { B } from './b.ts';\n\nexport type A = { readonly b: B };\n",
        'apps/api/src/b.ts': 'export type B = { readonly a?: string };\n',
      }),
    ).toEqual([]);
  });
});

describe('the import fence', () => {
  let refused: readonly string[] = [];

  beforeAll(() => {
    const trees = new Set(placed.map(({ tree }) => tree));
    for (const tree of trees) {
      mkdirSync(join(root, tree));
      copyFileSync(join(checkout, 'biome.json'), join(root, tree, 'biome.json'));
    }
    for (const [row, { tree, path }] of placed.entries()) {
      mkdirSync(dirname(join(root, tree, path)), { recursive: true });
      writeFileSync(join(root, tree, path), `import { probe } from '${fence[row]?.[1]}';\n\nconsole.log(probe);\n`);
    }
    refused = [...trees].flatMap((tree) => lint(tree, 'style/noRestrictedImports').map((path) => join(tree, path)));
  });

  it.each(fence.map(([path, imported, allowed], row) => ({ path, imported, row, allowed })))(
    '$path importing $imported is allowed: $allowed',
    ({ row, allowed }) => {
      expect(refused.includes(join(placed[row]?.tree ?? '', placed[row]?.path ?? ''))).toBe(!allowed);
    },
  );
});
