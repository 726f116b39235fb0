import { type Tampering, tamperingLine } from '@tandem/shared/domain/history/verify/tampering.ts';
import type { ReadExports, Verified } from './verify-exports.ts';

/** Further findings are counted, not listed: the first ones show where it began. */
const MAX_LISTED = 1_000;

export type Findings = { readonly count: number; readonly listed: readonly Tampering[] };

/** Collects findings. `onListed` is called with a line for each that is listed, as it occurs. */
export const findingsList = (onListed: (line: string) => void = () => undefined) => {
  const listed: Tampering[] = [];
  let count = 0;
  return {
    found: (tampering: Tampering): void => {
      count += 1;
      if (count > MAX_LISTED) return;
      listed.push(tampering);
      onListed(tamperingLine(tampering));
    },
    findings: (): Findings => ({ count, listed }),
  };
};

/** `data`: for machines; `lines`: the summary, which follows the findings. */
export type Report = { readonly data: object; readonly lines: readonly string[] };

export const verifiedReport = (verified: Verified, { count, listed }: Findings): Report & { isIntact: boolean } => ({
  isIntact: count === 0,
  data: {
    intact: count === 0,
    ...verified,
    head: verified.head ?? null,
    backups: verified.backups ?? null,
    notCovered: NOT_COVERED,
    findings: count,
    listed,
  },
  lines: summaryLines(verified, count),
});

/** For exports without seals. */
export const filesReport = (
  exports: ReadExports,
  { count, listed }: Findings,
): Report & { readonly verdict: 'complete' | 'changed' | 'notKnown' } => {
  const complete = exports.notKnownComplete.length === 0;
  const verdict = count > 0 ? 'changed' : complete ? 'complete' : 'notKnown';
  const { events = null, backups = null, notKnownComplete } = exports;
  return {
    verdict,
    data: { verdict, events, backups, notKnownComplete, findings: count, listed },
    lines: fileLines(exports, count),
  };
};

/** Parts of the history that no seal covers. */
const NOT_COVERED = [
  'attempts',
  'the contents of manifests',
  'holds that have expired',
  'proofs and discovered snapshots that were recorded before their events described them',
];

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

const notKnownLines = (files: readonly string[]): readonly string[] =>
  files.map(
    (file) =>
      `${file} may be incomplete: its last line is not {"end":…}. It was truncated, or is an export of an earlier version.`,
  );

const fileLines = ({ events, backups, notKnownComplete }: ReadExports, findings: number): readonly string[] => [
  ...(events === undefined ? [] : [`Read ${plural(events, 'event')}.`]),
  ...(backups === undefined ? [] : [`Read ${plural(backups, 'backup')}.`]),
  ...notKnownLines(notKnownComplete),
  ...(findings === 0 ? [] : [`Changed since the export: ${plural(findings, 'finding')}.`]),
  ...(findings === 0 && notKnownComplete.length === 0 ? ['Complete and unchanged since the export.'] : []),
  'Not compared with seals: give --events and --seals.',
];

const summaryLines = (
  { seals, events, unsealed, backups, head, notKnownComplete }: Verified,
  findings: number,
): readonly string[] => [
  ...(findings > MAX_LISTED ? [`… and ${findings - MAX_LISTED} more.`] : []),
  `Compared ${plural(events, 'event')} with ${plural(seals, 'seal')}${backups === undefined ? '' : ` and ${plural(backups, 'backup')} with their events`}.`,
  ...(head === undefined
    ? ['There is no seal yet.']
    : [`The last seal is ${head.number}, ${head.hash}: store both outside Tandem.`]),
  ...(unsealed === 0 ? [] : [`${plural(unsealed, 'event')} not sealed yet and therefore not checked.`]),
  ...notKnownLines(notKnownComplete),
  `Not covered: ${NOT_COVERED.join('; ')}.`,
  findings === 0 ? 'Intact: nothing was tampered with.' : `Tampered with: ${plural(findings, 'finding')}.`,
];
