import { IdempotencyKey } from '@tandem/shared/contract/backups.ts';
import { z } from 'zod';
import { readInput } from './read-input.ts';
import type { RequestContext } from './route.ts';

/** Named, so that the sentence about a bad one says where it stands. */
const KeyHeader = z.strictObject({ 'Idempotency-Key': IdempotencyKey });

/** Undefined: none was sent. REQUEST_INVALID. */
export const idempotencyKeyOf = ({ idempotencyKey }: RequestContext): string | undefined =>
  idempotencyKey === undefined
    ? undefined
    : readInput(KeyHeader, { 'Idempotency-Key': idempotencyKey })['Idempotency-Key'];
