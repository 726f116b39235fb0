import { parseArgs } from 'node:util';

export const USAGE = `npm run audit:verify -- [options]

Compares every event with its seal, every seal with the one before, and every backup with its events. Without --events it reads the database of
DATABASE_URL; with --events and --seals it needs nothing but those exports; with --events or --backups alone it checks that each is complete.

  --checkpoint FILE   seals that were exported earlier, or the log of a worker: a tail that was cut off or made anew is found
  --public-key FILE   Ed25519 public key (PEM) that every seal must be signed by; several times after the key was changed
  --signed-from N     with --public-key: the first seal that must be signed (1)
  --events FILE       events as GET /api/v1/events/export?format=ndjson has them, gzipped or not
  --seals FILE        seals as npm run audit:verify -- --export-seals or GET /api/v1/history/seals has them, one in a line
  --backups FILE      backups as GET /api/v1/backups/export?format=ndjson has them
  --export-seals      instead: writes every seal of the database to standard output, one in a line
  --out FILE          with --export-seals: writes them to FILE, which appears once all of them are in it
  --json              one JSON object instead of lines for people
  --config FILE       YAML settings, as for API and worker

Ends with 0: whole; 1: tampered with; 2: could not be checked, or exports alone that are not known to be complete.`;

/** At least one of events and backups. */
export type VerifyFiles = {
  readonly events: string | undefined;
  readonly seals: string | undefined;
  readonly backups: string | undefined;
};

export type VerifyArguments = {
  readonly checkpoint: string | undefined;
  readonly publicKeys: readonly string[];
  readonly signedFrom: number;
  /** Undefined: the database is read. */
  readonly files: VerifyFiles | undefined;
  readonly exportSeals: boolean;
  /** Undefined: standard output. */
  readonly out: string | undefined;
  /** As the settings take it. */
  readonly config: readonly string[];
  readonly json: boolean;
  readonly help: boolean;
};

/** Could not be checked: the message says what to do. */
export class CannotVerify extends Error {
  override readonly name = 'CannotVerify';
}

const options = {
  checkpoint: { type: 'string' },
  'public-key': { type: 'string', multiple: true },
  'signed-from': { type: 'string' },
  events: { type: 'string' },
  seals: { type: 'string' },
  backups: { type: 'string' },
  'export-seals': { type: 'boolean' },
  out: { type: 'string' },
  json: { type: 'boolean' },
  config: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

export const readArguments = (args: readonly string[]): VerifyArguments => {
  const { values } = parsed(args);
  const { events, seals, backups } = values;
  if (seals !== undefined && events === undefined) throw new CannotVerify('--seals goes with --events.');
  const from = values['signed-from'] ?? '1';
  if (!/^[1-9]\d{0,14}$/.test(from))
    throw new CannotVerify(`--signed-from must be the number of a seal, found "${from}".`);
  if (values.out !== undefined && values['export-seals'] !== true)
    throw new CannotVerify('--out goes with --export-seals.');
  const publicKeys = values['public-key'] ?? [];
  if (values['signed-from'] !== undefined && publicKeys.length === 0) {
    throw new CannotVerify('--signed-from goes with --public-key.');
  }
  return {
    checkpoint: values.checkpoint,
    publicKeys,
    signedFrom: Number(from),
    files: events === undefined && backups === undefined ? undefined : { events, seals, backups },
    config: values.config === undefined ? [] : ['--config', values.config],
    exportSeals: values['export-seals'] === true,
    out: values.out,
    json: values.json === true,
    help: values.help === true,
  };
};

const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false });
  } catch (error) {
    throw new CannotVerify(`${(error as Error).message} See --help.`);
  }
};
