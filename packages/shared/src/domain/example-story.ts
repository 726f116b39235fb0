/* What all examples in the documentation are about: a nightly backup of Optimize 3.9.0, rehearsed once. */

export const backupId = 'nightly-2026-11-22';
export const operationId = '0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10';
export const restoreId = '6f2d1f4e-2c1b-4a57-8a3e-5e1b7c9d0a21';
export const requestId = '5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11';

const snapshotOf = (part: number) => `camunda_optimize_${backupId}_3.9.0_part_${part}_of_2`;
export const [firstSnapshot, secondSnapshot] = [snapshotOf(1), snapshotOf(2)] as const;
export const snapshotNames = [firstSnapshot, secondSnapshot] as const;

export const caller = { kind: 'anonymous', address: '10.0.0.7' } as const;

export const hold = {
  reason: 'audit of 2026',
  until: '2027-01-31T00:00:00.000Z',
  actor: caller,
  at: '2026-11-22T10:00:00.000Z',
  requestId,
} as const;
