import type { Style } from './style.ts';

/** Where a view is drawn. */
export type Screen = {
  readonly style: Style;
  readonly now: Date;
  /** Characters in a line. Of what is no terminal, as many as fit everywhere. */
  readonly width: number;
};
