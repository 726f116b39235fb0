import { IdempotencyKey } from '@tandem/shared/contract/backups.ts';
import { z } from 'zod';
import { readInput } from '../http/read-input.ts';
import type { RequestContext } from '../http/route.ts';

/** An object, so that the message about an invalid key names the header. */
const KeyHeader = z.strictObject({ 'Idempotency-Key': IdempotencyKey });

/** Undefined: no key was sent. REQUEST_INVALID. */
export const idempotencyKeyOf = ({ idempotencyKey }: RequestContext): string | undefined =>
  idempotencyKey === undefined
    ? undefined
    : readInput(KeyHeader, { 'Idempotency-Key': idempotencyKey })['Idempotency-Key'];
