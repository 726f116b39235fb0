import { ApiError } from '@tandem/client/api-error.ts';
import { InsecureAddressError } from '@tandem/client/insecure-address-error.ts';
import { NetworkError } from '@tandem/client/network-error.ts';
import { expect, it } from 'vitest';
import { CommandFailure } from './command-failure.ts';
import { explainError } from './explain-error.ts';
import { PLAIN } from './output/style.ts';

it.each([
  [
    'a refusal of the API',
    new ApiError('Backup a is held.', { status: 409, code: 'BACKUP_HELD', requestId: 'r1' }),
    { exit: 'conflict', lines: ['tandem: Backup a is held.', 'BACKUP_HELD, request r1'] },
  ],
  [
    'an answer of something else',
    new ApiError('HTTP 502, not from Tandem.', { status: 502 }),
    { exit: 'unreachable', lines: ['tandem: HTTP 502, not from Tandem.', 'HTTP 502'] },
  ],
  [
    'missing rights',
    new ApiError('Needs restorer.', { status: 403, code: 'FORBIDDEN', requestId: 'r2' }),
    {
      exit: 'notAllowed',
      lines: ['tandem: Needs restorer.', expect.stringContaining('tandem whoami'), 'FORBIDDEN, request r2'],
    },
  ],
  [
    'no response',
    new NetworkError('No response from http://a.', { problem: 'timeout', mayHaveArrived: true }),
    { exit: 'unreachable', lines: ['tandem: No response from http://a.', expect.stringContaining('may have arrived')] },
  ],
  [
    'a key over http',
    new InsecureAddressError('http://a'),
    {
      exit: 'usage',
      lines: [expect.stringContaining('The key is not sent to http://a'), expect.stringContaining('--insecure')],
    },
  ],
  [
    'a failure of a command',
    new CommandFailure('timedOut', 'Not ended.', 'To follow it: tandem backup wait a'),
    { exit: 'timedOut', lines: ['tandem: Not ended.', 'To follow it: tandem backup wait a'] },
  ],
  [
    'a mistake of ours',
    new RangeError('oops'),
    { exit: 'failed', lines: [expect.stringContaining('Please report'), expect.stringContaining('RangeError: oops')] },
  ],
])('explains %s', (_, error, explanation) => {
  expect(explainError(error, PLAIN)).toEqual(explanation);
});
