import { expect, it } from 'vitest';
import { createHealthServer } from './health-server.ts';

it('answers for its health and the only group, and for nothing else', async () => {
  const server = createHealthServer();
  const address = `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`;
  const get = async (path: string) => {
    const answer = await fetch(`${address}${path}`);
    return [answer.status, await answer.json()];
  };
  expect(await get('/actuator/health')).toEqual([200, { status: 'UP', groups: ['liveness'] }]);
  expect(await get('/actuator/health/liveness')).toEqual([200, { status: 'UP' }]);
  expect(await get('/actuator/health/readiness')).toEqual([404, { status: 'NOT_FOUND' }]);
  await server.close();
});
