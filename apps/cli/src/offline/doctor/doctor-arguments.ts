import { parseArgs } from 'node:util';

export const USAGE = `npm run doctor -- [options]

Checks the settings, PostgreSQL, Redis, the engine, its repository and the indices of Optimize, whether API and worker run or not, and says what
to do about each problem. docs/doctor.md explains every check. Where the engine does not list privileges, a small index and a snapshot of it are
created and deleted; nothing else is written. Without DATABASE_URL, REDIS_URL or ELASTICSEARCH_URL, the stack that npm start runs in this checkout
is used, if it is running.

  --json          print one JSON object instead of text
  --strict        warnings count as failures
  --config FILE   YAML settings, as for API and worker
  --help          this text

Exit status 0: no failure; 1: a failure, with --strict also a warning; 2: wrong options.`;

export type DoctorArguments = {
  readonly json: boolean;
  readonly strict: boolean;
  readonly help: boolean;
  /** As the settings take it. */
  readonly config: readonly string[];
};

const options = {
  json: { type: 'boolean' },
  strict: { type: 'boolean' },
  config: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Throws an error whose message says what is wrong. */
export const readDoctorArguments = (args: readonly string[]): DoctorArguments => {
  const { values } = parseArgs({ args: [...args], options, strict: true, allowPositionals: false });
  return {
    json: values.json === true,
    strict: values.strict === true,
    help: values.help === true,
    config: values.config === undefined ? [] : ['--config', values.config],
  };
};
