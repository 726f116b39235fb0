import { utc } from '../output/units.ts';

type Page = {
  readonly nextCursor: string | null;
  readonly range?: { readonly from: string; readonly to: string };
};

/** What stderr says below a list: that it goes on, and which times were searched. */
export const pageNotes = ({ nextCursor, range }: Page): readonly string[] => [
  ...(range === undefined
    ? []
    : [`Searched from ${utc(range.from)} to ${utc(range.to)} UTC; --since goes further back.`]),
  ...(nextCursor === null ? [] : [`There are more: --cursor ${nextCursor}`]),
];
