import { expect, it } from 'vitest';
import { tlsProblem } from './tls-problem.ts';

it.each([
  ['error:0A00010B:SSL routines::wrong version number', 'no TLS there'],
  ['certificate has expired', 'expired'],
  ["Hostname/IP does not match certificate's altnames: Host: a", 'for other names'],
  ['self-signed certificate in certificate chain', 'not trusted'],
  ['unable to verify the first certificate', 'not trusted'],
  ['connect ECONNREFUSED 127.0.0.1:6379', undefined],
])('%s -> %s', (reason, problem) => expect(tlsProblem(reason)).toBe(problem));
