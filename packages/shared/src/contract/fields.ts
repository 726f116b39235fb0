import { z } from 'zod';

/**
 * Fields that several messages share: type, unit and example. A message describes what the field means in it with `.meta()`, unless it means the
 * same everywhere. openapi.json takes over descriptions and examples.
 */

/** RFC 3339 in UTC. */
export const time = z.iso.datetime().meta({ example: '2026-11-22T01:04:12.000Z' });
export const count = z.int().meta({ example: 3 });
export const byteSize = z.int().meta({ example: 812_344_120 });
export const durationMs = z.int().meta({ example: 252_000 });

export const backupId = z.string().meta({ description: 'The id of the backup.', example: 'nightly-2026-11-22' });

export const operationId = z
  .string()
  .meta({ description: 'The id of the operation, a UUID.', example: '0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10' });

export const optimizeVersion = z
  .string()
  .meta({ description: 'The version of Optimize that wrote the data in the backup.', example: '3.9.0' });

export const clusterUuid = z
  .string()
  .meta({ description: "The uuid of the engine's cluster.", example: 'wYb1pBq3T0uB9Z3pQd0vXg' });

export const repository = z
  .string()
  .meta({ description: 'The name of the snapshot repository in the engine.', example: 'backups' });

export const repositoryUuid = z.string().meta({ example: 'Qm2Yp8b7R3a5K1c9S4d6Tg' }).nullable().meta({
  description: 'The uuid that the engine gave the repository. Null: none, since the repository was empty.',
});

export const snapshotName = z.string().meta({
  description: 'The name of the snapshot in the repository.',
  example: 'camunda_optimize_nightly-2026-11-22_3.9.0_part_1_of_2',
});

export const snapshotUuid = z.string().meta({ example: 'k3JpY0mZQ4a8S7d1Lr5uXw' });

export const indexName = z
  .string()
  .meta({ description: 'The name of the index.', example: 'optimize-process-instance-invoice_v8' });

export const requestId = z.string().meta({ example: '5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11' }).nullable().meta({
  description: 'The `X-Request-Id` of the request that caused it. Null: no request did.',
});

/** Why an operator or a program did something, in its own words. */
export const givenReason = z.string().meta({ example: 'before the migration' });

/** Registered in place, so that it refers to itself under this name. */
export const json = z.json().register(z.globalRegistry, { id: 'Json', description: 'Any JSON value.' });
