import { expect, it } from 'vitest';
import { type FailureCode, fail } from '../failure/failure.ts';
import { failedVerification, verifiedBy } from './verification.ts';

it('names the nodes that can use the repository', () => {
  expect(verifiedBy([{ name: 'node-1' }, { name: 'node-2' }])).toEqual({
    ...{ verified: true, nodes: ['node-1', 'node-2'], failedNodes: [], reason: undefined },
  });
});

it.each<[FailureCode, Readonly<Record<string, unknown>>, boolean | null | undefined, readonly string[]]>([
  ['REPOSITORY_UNAVAILABLE', { nodes: ['node-2'] }, false, ['node-2']],
  ['REPOSITORY_UNAVAILABLE', { onlyWriting: true }, false, []],
  ['ENGINE_TIMEOUT', { nodes: ['node-2'] }, null, ['node-2']],
  ['ENGINE_FORBIDDEN', {}, null, []],
  ['ENGINE_REFUSED', {}, null, []],
  ['ENGINE_TIMEOUT', {}, undefined, []],
  ['ENGINE_UNREACHABLE', {}, undefined, []],
  ['REPOSITORY_UNKNOWN', {}, undefined, []],
])('%s with %j: verified is %s', (code, data, verified, failedNodes) => {
  const found = failedVerification(fail(code, 'It failed.', data));
  expect(found).toEqual(
    verified === undefined ? undefined : { verified, nodes: [], failedNodes, reason: 'It failed.' },
  );
});
