import { type Tampering, tamperingLine } from '@tandem/shared/domain/history/verify/tampering.ts';
import type { ReadExports, Verified } from './verify-exports.ts';

/** Further findings are counted, not listed: the first ones show where it began. */
const MAX_LISTED = 1_000;

/** Lists findings as they occur, and ends with a summary. */
export const createReport = (json: boolean, say: (line: string) => void) => {
  const listed: Tampering[] = [];
  let count = 0;
  return {
    found: (tampering: Tampering): void => {
      count += 1;
      if (count <= MAX_LISTED) listed.push(tampering);
      if (!json && count <= MAX_LISTED) say(tamperingLine(tampering));
    },
    /** Whether everything is intact. */
    end: (verified: Verified): boolean => {
      const isIntact = count === 0;
      if (json)
        say(
          JSON.stringify({
            intact: isIntact,
            ...verified,
            head: verified.head ?? null,
            backups: verified.backups ?? null,
            notCovered: NOT_COVERED,
            findings: count,
            listed,
          }),
        );
      else for (const line of summaryLines(verified, count)) say(line);
      return isIntact;
    },
    /** The summary for exports without seals. */
    endOfFiles: (exports: ReadExports): 'complete' | 'changed' | 'notKnown' => {
      const complete = exports.notKnownComplete.length === 0;
      const verdict = count > 0 ? 'changed' : complete ? 'complete' : 'notKnown';
      const { events = null, backups = null, notKnownComplete } = exports;
      if (json) say(JSON.stringify({ verdict, events, backups, notKnownComplete, findings: count, listed }));
      else for (const line of fileLines(exports, count)) say(line);
      return verdict;
    },
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
