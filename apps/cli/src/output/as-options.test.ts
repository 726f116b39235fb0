import { expect, it } from 'vitest';
import { asOptions, shellQuoted } from './as-options.ts';

it.each([
  [
    'Delete them, restore under other names, or send "deleteExisting": true to have them deleted.',
    'Delete them, restore under other names, or add --delete-existing to have them deleted.',
  ],
  [
    '"deleteUnknown": ["a","b_v1"] together with "deleteExisting": true',
    '--delete-unknown a,b_v1 together with --delete-existing',
  ],
  ['Send "acceptVersion": "3.9.0".', 'Add --accept-version 3.9.0.'],
  ['or leave out "safetyBackup": false', 'or leave out --no-safety-backup'],
  ['"deleteUnknown": […] with all of them, 450 names', '--delete-unknown … with all of them, 450 names'],
  ['Send "confirm": "it\'s".', "Add --confirm 'it'\\''s'."],
  ['Repository "nightly" is read-only. Send it again.', 'Repository "nightly" is read-only. Send it again.'],
])('turns fields of the API into options: %s', (message, expected) => {
  expect(asOptions(message)).toBe(expected);
});

it.each([
  ['nightly-2026.11', 'nightly-2026.11'],
  ['copy-$1', "'copy-$1'"],
  ['^(.+)$', "'^(.+)$'"],
  ['', "''"],
])('quotes what a shell would take apart: %s', (text, quoted) => {
  expect(shellQuoted(text)).toBe(quoted);
});
