/** What a reader got. */
export type Answer = {
  readonly state: string;
  /** Null: as it is now. */
  readonly asOf: string | null;
  readonly parts: readonly { readonly number: number; readonly state: string }[];
};
