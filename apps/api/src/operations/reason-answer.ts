import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import { asShown, shownStep } from '@tandem/shared/domain/history/stored-names.ts';

type ReasonAnswer = { readonly code: string; readonly message: string; readonly data: Record<string, unknown> };

/** A failure reason with the field names of responses. */
export const reasonAnswer = ({ data, ...reason }: Reason): ReasonAnswer => ({
  ...reason,
  data: { ...asShown('failure', data), ...(typeof data.step === 'string' && { step: shownStep(data.step) }) },
});

export const reasonOrNull = (reason: Reason | undefined): ReasonAnswer | null =>
  reason === undefined ? null : reasonAnswer(reason);
