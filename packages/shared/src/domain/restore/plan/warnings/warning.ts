export type PlanWarning = { readonly code: string; readonly message: string };

/** One warning with what was found; none if nothing was found. */
export const warningOf = (
  code: string,
  found: readonly string[],
  message: (found: readonly string[]) => string,
): readonly PlanWarning[] => (found.length === 0 ? [] : [{ code, message: message(found) }]);
