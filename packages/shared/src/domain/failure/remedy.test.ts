import { expect, it } from 'vitest';
import { errorClass } from './error-class.ts';
import { fail } from './failure.ts';
import { FAILURE_CODES } from './failures.ts';
import { remedyOf } from './remedy.ts';

const retried = FAILURE_CODES.filter((code) => errorClass(fail(code, 'm')) !== 'terminal');

it('has a remedy of its own for every code that is retried', () => {
  expect(retried).toContain('REPOSITORY_FULL');
  const general = [remedyOf('UNKNOWN', 'transient'), remedyOf('UNKNOWN', 'operator')];
  for (const code of retried) expect(general, code).not.toContain(remedyOf(code, 'transient'));
});

it.each([
  [
    'REPOSITORY_FULL',
    'operator',
    'Delete backups, or raise max_number_of_snapshots of the repository. Tandem retries by itself.',
  ],
  ['OF_ANOTHER_VERSION', 'operator', 'Fix what the message reports. Tandem retries by itself.'],
  ['OF_ANOTHER_VERSION', 'transient', 'No action needed, unless it persists. Tandem retries by itself.'],
  ['toString', 'transient', 'No action needed, unless it persists. Tandem retries by itself.'],
] as const)('%s (%s)', (code, failureClass, remedy) => {
  expect(remedyOf(code, failureClass)).toBe(remedy);
});
