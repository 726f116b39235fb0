/** Words in lines of at most `width` characters; a longer word has a line of its own. */
export const wrapped = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
};

const NARROWEST = 30;

/** The text behind `head`, its other lines indented as far. Never narrower than 30 characters, however narrow the terminal. */
export const hanging = (head: string, text: string, width: number): readonly string[] =>
  wrapped(text, Math.max(NARROWEST, width - head.length)).map((line, nth) =>
    nth === 0 ? `${head}${line}` : `${' '.repeat(head.length)}${line}`,
  );
