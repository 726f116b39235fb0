import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const file = join(import.meta.dirname, '../../RESULTS.md');

const intro = `# Results

Written by \`npm run bench -- NAME --write\`, a section per benchmark. Contenders alternate within one run on one machine: compare the
figures of a section with each other, not those of different machines.
`;

/** The text with that section replaced in place, or added at the end. Sections begin with \`## \`. */
export const withSection = (text: string, name: string, body: string): string => {
  const sections = text.split(/^(?=## )/m);
  const section = `## ${name}\n\n${body.trim()}\n`;
  const at = sections.findIndex((one) => one.startsWith(`## ${name}\n`));
  const replaced = at === -1 ? [...sections, section] : sections.with(at, section);
  return `${replaced.map((one) => one.trimEnd()).join('\n\n')}\n`;
};

export const writeSection = (name: string, body: string): void => {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : intro;
  writeFileSync(file, withSection(text, name, body));
};
