import { expect, it } from 'vitest';
import { tlsProblem } from './tls-problem.ts';

it.each([
  ['error:0A00010B:SSL routines::wrong version number', 'no TLS there'],
  ['error:0A0000C6:SSL routines::packet length too long', 'no TLS there'],
  [
    'write EPROTO 00:error:0A00045C:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required:ssl/rec.c:9:SSL alert number 116',
    'requires a client certificate',
  ],
  ['error:0A000412:SSL routines::ssl/tls alert bad certificate', 'requires a client certificate'],
  ['error:0A000410:SSL routines::ssl/tls alert handshake failure', 'requires a client certificate'],
  ['write EPROTO', undefined],
  ['certificate has expired', 'expired'],
  ["Hostname/IP does not match certificate's altnames: Host: a", 'for other names'],
  ['self-signed certificate in certificate chain', 'not trusted'],
  ['unable to verify the first certificate', 'not trusted'],
  ['connect ECONNREFUSED 127.0.0.1:6379', undefined],
])('%s -> %s', (reason, problem) => expect(tlsProblem(reason)).toBe(problem));
