import type { Schemas } from '../../connect/schemas.ts';
import type { Screen } from '../../output/screen.ts';
import { fields } from '../../output/table.ts';
import { when } from '../../output/units.ts';

type Verification = Schemas['RepositoryVerification'];

/** `yes`, `no` or `not known`. */
export const verifiedWord = (verified: boolean | null, { style }: Screen): string => {
  if (verified === null) return style.warning('not known');
  return verified ? style.good('yes') : style.bad('no');
};

export const verificationFields = (
  { verified, nodes, failedNodes, reason, at }: Verification,
  screen: Screen,
): string =>
  fields(
    [
      ['Verified', verifiedWord(verified, screen)],
      ['At', when(at, screen.now)],
      ['Nodes', nodes.join(', ')],
      ['Failed', failedNodes.join(', ')],
      ['Why', reason],
    ],
    screen,
  );
