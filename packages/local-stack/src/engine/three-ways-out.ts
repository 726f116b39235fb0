import { StackFailure } from '../stack-failure.ts';
import type { JavaRange } from './engine-kinds.ts';
import { javaWords } from './java.ts';

/** A part that can neither be found nor started because tools are missing; `given` is the setting that replaces it. */
export class ToolsMissing extends StackFailure {
  readonly what: string;
  readonly given: string;
  readonly java: JavaRange;

  constructor(code: 'NO_JAVA' | 'NO_MAVEN', what: string, given: string, java: JavaRange) {
    super(code, threeWaysOut([what], [given], java));
    this.what = what;
    this.given = given;
    this.java = java;
  }
}

/** What the user can do: all three ways, with the commands. */
const threeWaysOut = (what: readonly string[], given: readonly string[], java: JavaRange): string =>
  [
    ...what,
    'Choose one of these ways:',
    `  1. install a JDK and Maven:   Debian, Ubuntu: sudo apt-get install openjdk-${java.from}-jdk-headless maven`,
    `                                macOS: brew install openjdk@${java.from} maven`,
    `                                where that package is missing: any JDK ${javaWords(java)}, for example from https://adoptium.net`,
    '  2. start a Docker engine:     sudo systemctl start docker   (or Docker Desktop, colima start)',
    `  3. use services of your own:  ${given.join(' ')} npm start`,
  ].join('\n');

/** Picks the reason to show. Where tools are missing for more than one part, one message names them all. */
export const oneReason = (reasons: readonly unknown[]): unknown => {
  const missing = reasons.filter((reason) => reason instanceof ToolsMissing);
  const [first] = missing;
  if (first === undefined || missing.length === 1) return first ?? reasons[0];
  const all = missing.map(({ what }) => what);
  const given = missing.map((reason) => reason.given);
  const strictest = missing.reduce((one, other) => (other.java.from > one.java.from ? other : one));
  return new StackFailure(first.code, threeWaysOut(all, given, strictest.java));
};
