import { parseArgs } from 'node:util';
import { CannotVerify } from '../../exports/cannot-verify.ts';
import type { GivenTrust } from '../../exports/trust.ts';

export const USAGE = `npm run audit:verify -- [options]

Compares every event with its seal, every seal with the one before, and every backup with its events. Without --events it reads the database of
DATABASE_URL; with --events and --seals it needs only those exports; with --events or --backups alone it checks that each is complete.

  --checkpoint FILE   seals that were exported earlier, or the log of a worker: detects a tail that was removed or re-created
  --public-key FILE   Ed25519 public key (PEM) that must have signed every seal; repeat it after a change of keys
  --signed-from N     with --public-key: the first seal that must be signed (1)
  --events FILE       events from GET /api/v1/events/export?format=ndjson, gzipped or not
  --seals FILE        seals from npm run audit:verify -- --export-seals or GET /api/v1/history/seals, one per line
  --backups FILE      backups from GET /api/v1/backups/export?format=ndjson
  --export-seals      instead of verifying, write every seal of the database to standard output, one per line
  --out FILE          with --export-seals: write them to FILE, which appears once it is complete
  --json              print one JSON object instead of text
  --config FILE       YAML settings, as for API and worker

Exit status 0: intact; 1: tampered with; 2: could not be checked, or exports without seals that may be incomplete.`;

/** At least one of events and backups. */
export type VerifyFiles = {
  readonly events: string | undefined;
  readonly seals: string | undefined;
  readonly backups: string | undefined;
};

export type VerifyArguments = GivenTrust & {
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
