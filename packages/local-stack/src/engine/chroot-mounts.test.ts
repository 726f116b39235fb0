import { expect, it } from 'vitest';
import { hasRoot } from './chroot-mounts.ts';

it.each([
  ['/dev/vda / ext4 rw 0 0\nproc /proc proc rw 0 0\n', true],
  ['proc /proc proc rw 0 0\nudev /dev devtmpfs rw 0 0\n', false],
  ['', false],
])('%j has the root folder: %s', (mounts, outcome) => expect(hasRoot(mounts)).toBe(outcome));
