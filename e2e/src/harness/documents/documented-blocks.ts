import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A block marked `sh`, and the JSON block directly after it, which is what its last command prints. */
export type DocumentedBlock = { readonly title: string; readonly script: string; readonly output?: unknown };

const BLOCK = /^( *)```sh\n(.*?)\n *```\n(?:\s*```json\n(.*?)\n *```)?/gms;

/** Every block marked `sh` of a document, in its order. `file` is relative to the checkout. */
export const documentedBlocks = (file: string): readonly DocumentedBlock[] => {
  const text = readFileSync(fileURLToPath(new URL(`../../../../${file}`, import.meta.url)), 'utf8');
  return [...text.matchAll(BLOCK)].map(([, indent = '', body = '', output]) => {
    const script = body
      .split('\n')
      .map((line) => line.slice(indent.length))
      .join('\n');
    const title = `${file}: ${script.split('\n')[0]}`;
    return { title, script, ...(output === undefined ? {} : { output: JSON.parse(output) }) };
  });
};
