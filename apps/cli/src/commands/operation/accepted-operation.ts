import type { Client } from '../../connect/client.ts';
import type { Schemas } from '../../connect/schemas.ts';
import type { Io } from '../../io/io.ts';
import { type Outcome, shown } from '../../program/command.ts';
import { operationHead } from '../../views/operation/operation-details.ts';
import { untilOperationEnded } from '../../wait/until-operation-ended.ts';

type Waiting = { readonly wait: boolean; readonly timeout: number | undefined };

/** The outcome of a request that an operation carries out: the operation, now or at its end. `good`: how it is to end. */
export const acceptedOperation = async (
  operation: Schemas['Operation'],
  { wait, timeout }: Waiting,
  client: Client,
  io: Io,
  good?: Schemas['Operation']['state'],
): Promise<Outcome> => {
  const { operationId, endedAt } = operation;
  if (wait) return untilOperationEnded(client, operationId, timeout, io, good);
  const notes = endedAt === null ? [`To follow it: tandem operation get ${operationId} --wait`] : [];
  return shown(operation, operationHead, { notes });
};
