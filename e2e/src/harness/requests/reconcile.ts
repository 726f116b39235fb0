import type { Reconciliation, ReconciliationFigures } from '@tandem/shared/contract/reconciliation.ts';
import { expect } from 'vitest';
import type { Api } from './api.ts';
import { send } from './v1.ts';

/** Asks for a comparison and waits for its end. */
export const reconcile = async (api: Api): Promise<Reconciliation & { readonly figures: ReconciliationFigures }> => {
  const answer = await send(api, 'POST', '/history/reconcile', { wait: '28s' });
  expect(answer.status, answer.text).toBe(200);
  const reconciliation = answer.json as unknown as Reconciliation;
  if (reconciliation.figures === null) throw new Error(`A comparison without figures: ${answer.text}`);
  return { ...reconciliation, figures: reconciliation.figures };
};
