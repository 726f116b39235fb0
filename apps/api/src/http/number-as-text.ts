/** A reviver of `JSON.parse` that keeps each number as it was written: digits that a number of JavaScript cannot hold are not lost. */
export function numberAsText(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' ? (context?.source ?? String(value)) : value;
}
