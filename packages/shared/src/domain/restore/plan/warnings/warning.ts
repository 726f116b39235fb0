export type PlanWarning = { readonly code: string; readonly message: string };

/** None where the list is empty. */
export const warningOf = (
  code: string,
  found: readonly string[],
  message: (found: readonly string[]) => string,
): readonly PlanWarning[] => (found.length === 0 ? [] : [{ code, message: message(found) }]);
