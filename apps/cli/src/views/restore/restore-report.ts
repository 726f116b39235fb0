import { nameList } from '@tandem/shared/domain/name-list.ts';
import type { Screen } from '../../output/screen.ts';
import { fields } from '../../output/table.ts';
import { amount, bytes } from '../../output/units.ts';

/** What a report may contain; the API leaves its fields open, and earlier versions of Tandem wrote fewer. */
type Report = {
  readonly indices?: number;
  readonly documents?: number;
  readonly bytes?: number;
  /** Counts by what was compared. */
  readonly compared?: Readonly<Record<string, unknown>>;
  readonly unmeasuredIndices?: number;
  readonly differing?: number;
  readonly differences?: readonly Difference[];
  readonly notClosed?: readonly { readonly indices: readonly string[]; readonly reason: string }[];
  readonly notRestored?: readonly { readonly index: string }[];
  readonly unsaved?: readonly string[];
  readonly templates?: Templates | null;
  readonly selection?: { readonly aliasesLeftOff?: readonly { readonly add: string }[] };
};
type Difference = {
  readonly index?: string;
  readonly what?: string;
  readonly expected?: string;
  readonly found?: string;
};
type Templates = {
  readonly missing?: readonly string[];
  readonly changed?: readonly string[];
  readonly restored?: readonly string[];
  readonly refused?: readonly { readonly template: string; readonly reason: string }[];
};

const MAX = 10;
const names = (all: readonly string[] | undefined): string => nameList(all ?? [], { max: MAX });

const difference = ({ index, what, expected, found }: Difference): string =>
  `${index ?? '?'}: ${what ?? '?'} expected ${expected ?? '?'}, found ${found ?? '?'}`;

/** What the comparison of restored indices found. Empty: it was not reached. */
export const restoreReport = (given: Readonly<Record<string, unknown>> | null, screen: Screen): string => {
  if (given === null) return '';
  const report = given as Report;
  const { differing, templates, unmeasuredIndices = 0 } = report;
  return fields(
    [
      ['Indices', counts(report)],
      ['Compared', Object.keys(report.compared ?? {}).join(', ')],
      ['Differing', differing === undefined ? null : verdict(differing, screen)],
      ['Differences', nameList((report.differences ?? []).map(difference), { max: MAX, between: '\n' })],
      ['Not compared', unmeasuredIndices === 0 ? null : `${amount(unmeasuredIndices)}, since not measured when saved`],
      ['Not restored', names(report.notRestored?.map(({ index }) => index))],
      ['Lost', names(report.unsaved)],
      ['Not closed', (report.notClosed ?? []).map(({ indices, reason }) => `${names(indices)}: ${reason}`).join('\n')],
      ['Aliases to add', (report.selection?.aliasesLeftOff ?? []).map(({ add }) => add).join('\n')],
      ['Templates missing', names(templates?.missing)],
      ['Templates changed', names(templates?.changed)],
      ['Templates put back', names(templates?.restored)],
      ['Templates refused', names(templates?.refused?.map(({ template, reason }) => `${template} (${reason})`))],
    ],
    screen,
  );
};

const counts = ({ indices, documents, bytes: size }: Report): string =>
  [
    ...(indices === undefined ? [] : [amount(indices)]),
    ...(documents === undefined ? [] : [`${amount(documents)} documents`]),
    ...(size === undefined ? [] : [bytes(size)]),
  ].join(', ');

const verdict = (differing: number, { style }: Screen): string =>
  differing === 0 ? style.good('none') : style.bad(amount(differing));
