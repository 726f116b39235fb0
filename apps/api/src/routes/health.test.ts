import { Health } from '@tandem/shared/contract/health.ts';
import { expect, it } from 'vitest';
import type { PartHealth, Readiness } from '../health/readiness.ts';
import { healthRoutes } from './health.ts';

const up: PartHealth = { status: 'UP' };
const components = { postgresql: up, redis: up, engine: up, repository: up, history: up, operations: up };

const get = (path: string, readiness: Readiness) => {
  const route = healthRoutes(async () => readiness).find((row) => row.path === path);
  return route?.handle(undefined, { requestId: 'r' } as never);
};

it("answers in Spring Boot's shape, with a path for each group", async () => {
  const answer = await get('/actuator/health', { status: 'UP', components });
  expect(answer).toEqual({ status: 200, body: { status: 'UP', groups: ['liveness', 'readiness'], components } });
  for (const group of Health.parse(answer?.body).groups) {
    expect(await get(`/actuator/health/${group}`, { status: 'UP', components })).toMatchObject({ status: 200 });
  }
});

it.each([
  ['DOWN', 503, { postgresql: { status: 'DOWN', reason: 'connect ECONNREFUSED' } }],
  ['OUT_OF_SERVICE', 503, { redis: { status: 'DOWN', reason: 'connect ECONNREFUSED' } }],
  ['DEGRADED', 200, { redis: { status: 'DOWN', reason: 'connect ECONNREFUSED' } }],
] as const)('is %s with %i, as readiness is, and gives reasons as details', async (status, code, part) => {
  const readiness = { status, components: { ...components, ...part } };
  const answer = await get('/actuator/health', readiness);
  const name = Object.keys(part)[0] ?? '';
  expect(answer?.status).toBe(code);
  expect(Health.parse(answer?.body).components).toEqual({
    ...components,
    [name]: { status: 'DOWN', details: { reason: 'connect ECONNREFUSED' } },
  });
  expect((await get('/actuator/health/readiness', readiness))?.status).toBe(code);
});
