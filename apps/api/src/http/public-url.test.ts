import { expect, it } from 'vitest';
import { listening, testRoute } from '../server.fixture.ts';

const moved = testRoute('get', '/api/moved', async () => ({
  status: 202,
  body: {},
  headers: { Location: '/api/there' },
}));

it.each([
  [undefined, '/api/there'],
  ['https://proxy/tandem', 'https://proxy/tandem/api/there'],
])('answers a Location that leads back through the proxy: PUBLIC_URL %s', async (publicUrl, location) => {
  const api = await listening([moved], { publicUrl });
  const answer = await fetch(`http://127.0.0.1:${api.port}/api/moved`);
  expect([answer.status, answer.headers.get('location')]).toEqual([202, location]);
  api.close();
});
