import { createServer } from 'node:http';
import { Client } from '@elastic/elasticsearch';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '@tandem/history/generated/client.ts';
import { NewBackup } from '@tandem/shared/contract/optimize-backup.ts';
import { lookupPattern } from '@tandem/shared/domain/backup/snapshot-name.ts';
import { defaultProfile } from '@tandem/shared/domain/profile.ts';
import { Queue } from 'bullmq';
import express from 'express';
import { Redis } from 'ioredis';
import { serve } from '../stack/program.ts';
import { naivePlan } from './naive-plan.ts';
import { indices, REPOSITORY } from './optimize-engine.ts';

/**
 * How such an endpoint is commonly written: query the engine, write the rows in an interactive transaction, await the queue, respond.
 * Without ELASTICSEARCH_URL the engine is left out.
 */
const { DATABASE_URL = '', REDIS_URL = '', ELASTICSEARCH_URL } = process.env;
const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: DATABASE_URL, max: 10 }) });
const queue = new Queue('naive', { connection: new Redis(REDIS_URL, { maxRetriesPerRequest: null }) });
const engine = ELASTICSEARCH_URL === undefined ? undefined : new Client({ node: ELASTICSEARCH_URL });

const askEngine = async (client: Client, backupId: string) => {
  const snapshot = lookupPattern(defaultProfile, backupId);
  const [{ snapshots = [] }, resolved] = await Promise.all([
    client.snapshot.get({ repository: REPOSITORY, snapshot, ignore_unavailable: true }),
    client.indices.resolveIndex({ name: 'optimize-*', expand_wildcards: 'all' }),
  ]);
  return { exists: snapshots.length > 0, names: resolved.indices.map(({ name }) => name) };
};

const fromMemory = { exists: false, names: indices.map(({ name }) => name) };

const app = express();
app.use(express.json());
app.post('/actuator/backup', async (request, response) => {
  const parsed = NewBackup.safeParse(request.body);
  if (!parsed.success) return void response.status(400).json({ problems: parsed.error.issues });
  const { backupId } = parsed.data;
  const { exists, names } = engine === undefined ? fromMemory : await askEngine(engine, backupId);
  if (exists) return void response.status(409).json({ problem: 'exists' });
  const plan = naivePlan(backupId, names, request.socket.remoteAddress ?? 'unknown');
  await prisma.$transaction(async (transaction) => {
    const { key: backupKey } = await transaction.backup.create({ data: plan.backup });
    await transaction.part.createMany({ data: plan.parts.map((part) => ({ ...part, backupKey })) });
    await transaction.operation.create({ data: { ...plan.operation, backupKey } });
    await transaction.event.create({ data: { ...plan.event, backupKey } });
  });
  await queue.add('create', { operationId: plan.operation.id });
  response.json({ scheduledSnapshots: plan.parts.map(({ snapshotName }) => snapshotName) });
});

await serve(createServer(app));
