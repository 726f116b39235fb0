import { CommandFailure, usageError } from '../../command-failure.ts';
import type { Client } from '../../connect/client.ts';
import type { ExitName } from '../../exit-codes.ts';
import { CannotVerify } from '../../exports/cannot-verify.ts';
import { linesOfFile } from '../../exports/read-lines.ts';
import { readTrust } from '../../exports/trust.ts';
import {
  type Findings,
  filesReport,
  findingsList,
  type Report,
  verifiedReport,
} from '../../exports/verification-report.ts';
import { type Exports, readExports, verifyExports } from '../../exports/verify-exports.ts';
import type { Io } from '../../io/io.ts';
import { localCommand, type Outcome } from '../../program/command.ts';
import { text, texts, wholeNumber } from '../../program/options.ts';
import { verificationReport } from '../../views/history/verification-report.ts';
import { fetchedExports } from './fetched-exports.ts';

export const verify = localCommand({
  name: 'verify',
  description:
    'Compare every event with its seal, every seal with the one before, and every backup with its events: from files, or fetched. Exit code 1 if anything was changed, 5 if it could not be checked.',
  options: {
    events: text('--events <file>', 'events from tandem history export, gzipped or not'),
    seals: text('--seals <file>', 'with --events: the seals, one per line'),
    backups: text('--backups <file>', 'backups from tandem backup export'),
    checkpoint: text(
      '--checkpoint <file>',
      'seals that were stored earlier: detects that the newest ones were removed',
    ),
    publicKey: texts('--public-key <files>', 'Ed25519 public keys (PEM), one of which must have signed each seal'),
    signedFrom: wholeNumber('--signed-from <number>', 'with --public-key: the first seal that must be signed', {
      ...{ min: 1, max: 999_999_999_999 },
    }),
  },
  examples: [
    'tandem history verify',
    'tandem history verify --checkpoint seals.ndjson --public-key seal.pub',
    'tandem history verify --events events.ndjson --seals seals.ndjson --backups backups.ndjson',
  ],
  run: async ({ connect, options, io }) => {
    const { events, seals, backups, checkpoint, publicKey = [], signedFrom } = options;
    if (seals !== undefined && events === undefined) throw usageError('--seals goes with --events.');
    if (signedFrom !== undefined && publicKey.length === 0) throw usageError('--signed-from goes with --public-key.');
    const trust = { checkpoint, publicKeys: publicKey, signedFrom: signedFrom ?? 1 };
    const files = { events: opened(events), seals: opened(seals), backups: opened(backups) };
    return checked(async () => {
      const isGiven = (events ?? backups) !== undefined;
      if (isGiven) return verified(files, trust);
      return withFetched(await connect(), io, (fetched) => verified(fetched, trust));
    });
  },
});

const opened = (file: string | undefined) => (file === undefined ? undefined : linesOfFile(file));

const withFetched = async <Result>(client: Client, io: Io, use: (exports: Exports) => Promise<Result>) => {
  const { exports, clear } = await fetchedExports(client, io);
  try {
    return await use(exports);
  } finally {
    await clear();
  }
};

/** What cannot be checked is neither intact nor changed. */
const checked = async (work: () => Promise<Outcome>): Promise<Outcome> => {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CannotVerify)) throw error;
    throw new CommandFailure('unreachable', `Could not be checked. ${error.message}`, undefined, { cause: error });
  }
};

const verified = async (exports: Exports, trust: Parameters<typeof readTrust>[0]): Promise<Outcome> => {
  const { found, findings } = findingsList();
  const { events, seals } = exports;
  if (events === undefined || seals === undefined) {
    const report = filesReport(await readExports(exports, found), findings());
    return outcome(report, findings(), EXITS[report.verdict]);
  }
  const result = await verifyExports({ ...exports, events, seals }, await readTrust(trust), found);
  const report = verifiedReport(result, findings());
  if (!report.isIntact) return outcome(report, findings(), 'failed');
  return outcome(report, findings(), result.notKnownComplete.length > 0 ? 'unreachable' : 'ok');
};

const EXITS = { complete: 'ok', changed: 'failed', notKnown: 'unreachable' } as const;

const outcome = (report: Report, findings: Findings, exit: ExitName): Outcome => ({
  data: report.data,
  view: (screen) => verificationReport(report, findings, screen),
  exit,
});
