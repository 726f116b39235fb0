import { styleText } from 'node:util';

export type Narrator = {
  /** A numbered step; its checks follow. */
  step(title: string): void;
  /** Something worth seeing. */
  show(text: string): void;
  /** Prints a passed check; throws on a failed one, with what was expected and what was found. */
  check(what: string, holds: boolean, found?: unknown): void;
};

/** Writes to standard output, with colours on a terminal. */
export const narrator = (): Narrator => {
  const paint = (style: Parameters<typeof styleText>[0], text: string) =>
    process.stdout.isTTY ? styleText(style, text) : text;
  let number = 0;
  return {
    step: (title) => {
      number += 1;
      console.log(`\n${paint('bold', `${number}. ${title}`)}`);
    },
    show: (text) => {
      for (const line of text.split('\n')) console.log(`   ${paint('dim', line)}`);
    },
    check: (what, holds, found) => {
      if (!holds) {
        console.log(`   ${paint('red', '✗')} ${what}`);
        throw new Error(`expected: ${what}; found: ${JSON.stringify(found)}`);
      }
      console.log(`   ${paint('green', '✓')} ${what}`);
    },
  };
};
