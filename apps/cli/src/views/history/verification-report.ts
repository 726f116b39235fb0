import { tamperingLine } from '@tandem/shared/domain/history/verify/tampering.ts';
import type { Findings, Report } from '../../exports/verification-report.ts';
import type { Screen } from '../../output/screen.ts';
import { wrapped } from '../../output/wrapped.ts';

/** Each finding, then what was compared. */
export const verificationReport = ({ lines }: Report, { listed }: Findings, { style, width }: Screen): string =>
  [
    ...listed.flatMap((tampering) => wrapped(tamperingLine(tampering), width).map((line) => style.bad(line))),
    ...lines.flatMap((line) => wrapped(line, width)),
  ].join('\n');
