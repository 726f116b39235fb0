import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { checkout, inCheckout } from './checkout.mjs';
import { withFileLock } from './file-lock.mjs';

const schema = inCheckout('prisma/schema.prisma');
const output = inCheckout('packages/history/src/generated');
const marker = inCheckout('packages/history/src/generated/.tandem-generated');
const prisma = inCheckout('node_modules/prisma/package.json');

const fingerprint = () => {
  const { version } = JSON.parse(readFileSync(prisma, 'utf8'));
  return createHash('sha256').update(`${version}\n`).update(readFileSync(schema)).digest('hex');
};

const isGenerated = () => {
  // an image contains the client, and neither the schema nor the generator
  if (!existsSync(schema) || !existsSync(prisma)) return existsSync(output);
  return existsSync(marker) && readFileSync(marker, 'utf8') === fingerprint();
};

/** The generator requires a native engine that it never uses; any program that exits with 0 will do. */
const harmlessProgram = () => ['/usr/bin/true', '/bin/true'].find((file) => existsSync(file));

const generate = (node) => {
  const env = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: harmlessProgram() ?? process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  };
  const program = inCheckout('node_modules/prisma/build/index.js');
  const result = spawnSync(node, [program, 'generate', `--schema=${schema}`], { cwd: checkout, env, encoding: 'utf8' });
  if (result.status === 0) return;
  throw new Error(
    `prisma generate failed:\n${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}`,
  );
};

/** Generates the database client from prisma/schema.prisma if the schema or Prisma's version changed. */
export const generatePrismaClient = async (node) => {
  if (isGenerated()) return;
  const waiting = (pid) => console.error(`tandem: waiting for process ${pid}, which generates the database client`);
  await withFileLock(inCheckout('.tandem/generate.lock'), waiting, async () => {
    if (isGenerated()) return;
    if (!existsSync(prisma)) {
      throw new Error(
        'the database client is missing and so is its generator, a dev dependency: run npm ci without --omit=dev',
      );
    }
    console.error('tandem: generating the database client');
    generate(node);
    if (existsSync(output)) writeFileSync(marker, fingerprint());
  });
};
