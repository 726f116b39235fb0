import { setTimeout as sleep } from 'node:timers/promises';
import { runDoctor } from '@tandem/planning/doctor/run-doctor.ts';
import { surveySettings } from '@tandem/runtime/settings/read-settings.ts';
import { doctorExitCode } from '@tandem/shared/domain/doctor/report.ts';
import { shownReport } from '@tandem/shared/domain/doctor/shown-report.ts';
import { doctorTable } from '../doctor/doctor-table.ts';
import { doctorSources } from './compose.ts';
import { cleanedUp } from './doctor/cleaned-up.ts';
import { type DoctorArguments, readDoctorArguments, USAGE } from './doctor/doctor-arguments.ts';

const WRONG_OPTIONS = 2;
/** Of a terminal that does not say how wide it is, and of a file. */
const WIDTH = 120;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const readOptions = (): DoctorArguments | undefined => {
  try {
    return readDoctorArguments(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)} See --help.\n`);
    return undefined;
  }
};

const diagnose = async ({ json, strict, config }: DoctorArguments): Promise<number> => {
  const survey = surveySettings({ environment: process.env, arguments: config });
  const cleanups: Promise<unknown>[] = [];
  const afterwards = (work: Promise<unknown>) => void cleanups.push(work);
  const report = await runDoctor({ ...doctorSources(survey, config), afterwards });
  if (json) say(JSON.stringify(shownReport(report)));
  else for (const line of doctorTable(report, process.stdout.columns || WIDTH)) say(line);
  await cleanedUp(sleep, cleanups, (line) => process.stderr.write(`${line}\n`));
  return doctorExitCode(report, strict);
};

const run = async (): Promise<number> => {
  const options = readOptions();
  if (options === undefined) return WRONG_OPTIONS;
  if (!options.help) return diagnose(options);
  say(USAGE);
  return 0;
};

process.exitCode = await run();
// connections stay open, and Prisma's engine leaves a timer behind
process.stdout.write('', () => process.exit());
