import { Option } from 'commander';
import { OUTPUT_FORMATS, type OutputFormat } from '../output/output-format.ts';

/** Options of every command. */
export type GlobalOptions = {
  readonly output: OutputFormat;
  readonly context?: string | undefined;
  readonly insecure?: true;
};

/** New ones for each command, since commander keeps their values by the command. */
export const globalOptions = (): readonly Option[] =>
  [
    new Option('-o, --output <format>', 'how the answer is printed').choices(OUTPUT_FORMATS).default('table'),
    new Option('--context <name>', 'the context to use, instead of the environment and the current one'),
    new Option('--insecure', 'send the key over http to another host than this one too'),
  ].map((option) => option.helpGroup('Options of every command:'));
