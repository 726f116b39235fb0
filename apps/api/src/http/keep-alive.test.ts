import { expect, it } from 'vitest';
import { listening, testRoute } from '../server.fixture.ts';

const plain = testRoute('get', '/api/plain', async () => ({ status: 200, body: {} }));

it('keeps connections for as long as it is told to, and closes them once it drains', async () => {
  const api = await listening([plain], { keepAliveMs: 620_000 });
  const headers = async () => {
    const answer = await fetch(`http://127.0.0.1:${api.port}/api/plain`);
    expect(await answer.json()).toEqual({});
    return [answer.headers.get('connection'), answer.headers.get('keep-alive')];
  };
  expect(await headers()).toEqual(['keep-alive', 'timeout=620']);
  api.draining.abort();
  expect(await headers()).toEqual(['close', null]);
  api.close();
});
