import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { startSettings } from '@tandem/runtime/settings/start-settings.ts';
import type { ChainTrust } from '@tandem/shared/domain/history/seal/seal-chain.ts';
import { CannotVerify } from '../exports/cannot-verify.ts';
import { linesOfFile } from '../exports/read-lines.ts';
import { readTrust } from '../exports/trust.ts';
import { filesReport, findingsList, type Report, verifiedReport } from '../exports/verification-report.ts';
import { type Exports, type Found, readExports, type Verified, verifyExports } from '../exports/verify-exports.ts';
import { HISTORY_SETTINGS, openHistory } from './compose.ts';
import { readArguments, USAGE, type VerifyArguments, type VerifyFiles } from './verify/verify-arguments.ts';
import { storedSeals, verifyDatabase } from './verify/verify-database.ts';

const INTACT = 0;
const TAMPERED = 1;
const UNCHECKED = 2;

const EXIT = { complete: INTACT, changed: TAMPERED, notKnown: UNCHECKED } as const;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const historyOf = ({ config }: VerifyArguments) => openHistory(startSettings(HISTORY_SETTINGS, config).settings);

/** Yields the seals as fast as they are consumed. */
async function* sealLines(history: Parameters<typeof storedSeals>[0]): AsyncIterable<string> {
  let isEmpty = true;
  for await (const seal of storedSeals(history)) {
    isEmpty = false;
    yield `${JSON.stringify(seal)}\n`;
  }
  if (isEmpty) throw new CannotVerify('There is no seal yet: a worker creates one every SEAL_INTERVAL.');
}

/** The file appears only once it is complete. */
const writeFile = async (lines: AsyncIterable<string>, file: string): Promise<void> => {
  const unfinished = `${file}.unfinished`;
  try {
    await pipeline(lines, createWriteStream(unfinished));
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
};

const exportSeals = async (given: VerifyArguments): Promise<number> => {
  const history = historyOf(given);
  const lines = sealLines(history);
  await (given.out === undefined ? pipeline(lines, process.stdout, { end: false }) : writeFile(lines, given.out));
  await history.close();
  return INTACT;
};

const opened = ({ events, seals, backups }: VerifyFiles): Exports => ({
  events: linesIn(events),
  seals: linesIn(seals),
  backups: linesIn(backups),
});

const linesIn = (file: string | undefined) => (file === undefined ? undefined : linesOfFile(file));

const verify = async (given: VerifyArguments): Promise<number> => {
  const { found, findings } = findingsList(given.json ? undefined : say);
  const exports = given.files === undefined ? undefined : opened(given.files);
  const { events, seals } = exports ?? {};
  if (exports !== undefined && (events === undefined || seals === undefined)) {
    const report = filesReport(await readExports(exports, found), findings());
    print(report, given);
    return EXIT[report.verdict];
  }
  const trust = await readTrust(given);
  const verified =
    exports !== undefined && events !== undefined && seals !== undefined
      ? await verifyExports({ ...exports, events, seals }, trust, found)
      : await verifyStored(given, trust, found);
  const report = verifiedReport(verified, findings());
  print(report, given);
  return report.isIntact ? INTACT : TAMPERED;
};

const verifyStored = async (given: VerifyArguments, ...rest: [ChainTrust, Found]): Promise<Verified> => {
  const history = historyOf(given);
  const verified = await verifyDatabase(history, ...rest);
  await history.close();
  return verified;
};

const print = ({ data, lines }: Report, { json }: VerifyArguments): void => {
  for (const line of json ? [JSON.stringify(data)] : lines) say(line);
};

const run = async (): Promise<number> => {
  const given = readArguments(process.argv.slice(2));
  if (given.help) {
    say(USAGE);
    return INTACT;
  }
  return given.exportSeals ? exportSeals(given) : verify(given);
};

try {
  process.exitCode = await run();
} catch (error) {
  const isOurs = error instanceof CannotVerify;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`Could not be checked. ${message}${isOurs ? '' : ' This says nothing about the history.'}\n`);
  process.exitCode = UNCHECKED;
}
// Prisma's engine leaves a timer behind; all output is written before the process ends.
process.stdout.write('', () => process.exit());
