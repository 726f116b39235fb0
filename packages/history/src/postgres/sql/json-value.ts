/** JSON has null where our records have undefined, and text where they have dates. */
export type Json<T> = T extends Date
  ? string
  : T extends object
    ? { [K in keyof T]: Json<T[K]> }
    : T extends undefined
      ? null
      : T;
