import { expect, it } from 'vitest';
import { isLoopbackHost } from './loopback-host.ts';

it.each([
  ['127.0.0.1', true],
  ['127.8.0.1', true],
  ['localhost', true],
  ['LOCALHOST', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['0.0.0.0', false],
  ['::', false],
  ['10.0.0.5', false],
  ['localhost.example.com', false],
  ['127.0.0.1.example.com', false],
  ['tandem', false],
])('%s is a loopback address: %s', (host, expected) => expect(isLoopbackHost(host)).toBe(expected));
