import { expect, it } from 'vitest';
import { idempotentRequests } from './idempotent-requests.ts';

it('lists the requests that take an idempotency key, by name or by reference', () => {
  const document = {
    paths: {
      '/plain': { post: {}, get: { parameters: [{ name: 'wait' }] } },
      '/named/{id}': { post: { parameters: [{ name: 'id' }, { name: 'Idempotency-Key' }] } },
      '/by-reference': { post: { parameters: [{ $ref: '#/components/parameters/Idempotency-Key' }] } },
    },
  };
  expect(idempotentRequests(JSON.stringify(document))).toContain(
    'new Set([\n    "POST /by-reference",\n    "POST /named/{id}",\n]);\n',
  );
});
