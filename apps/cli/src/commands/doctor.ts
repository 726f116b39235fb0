import { CommandFailure } from '../command-failure.ts';
import type { Client } from '../connect/client.ts';
import type { Schemas } from '../connect/schemas.ts';
import { doctorTable } from '../doctor/doctor-table.ts';
import type { ExitName } from '../exit-codes.ts';
import { command, shown } from '../program/command.ts';
import { flag } from '../program/options.ts';
import { waiting } from '../program/shared-options.ts';
import { onlyStep } from '../wait/progress.ts';
import { waitFor } from '../wait/wait-for.ts';

type DoctorRun = Schemas['DoctorRun'];

export const doctor = command({
  name: 'doctor',
  description:
    'Check everything that Tandem depends on, by the process that serves the request, and say what to do. Exit code 1 if a check failed.',
  options: { strict: flag('--strict', 'warnings count as failures'), timeout: waiting.timeout },
  examples: ['tandem doctor', 'tandem doctor --strict --output json'],
  run: async ({ client, options, io }) => {
    const requested = await client.post('/api/v1/doctor', { body: {} });
    const ended = await waitFor(
      {
        read: (holdMs) => readRun(client, requested.runId, holdMs),
        holds: true,
        hasEnded: ({ state }) => state !== 'RUNNING',
        progress: () => onlyStep('The doctor checks'),
        follow: 'tandem doctor',
        timeoutMs: options.timeout,
      },
      io,
    );
    const { report } = ended;
    if (report === null) {
      throw new CommandFailure(
        'unreachable',
        'The process that ran the checks ended before they did.',
        'Start the doctor again.',
      );
    }
    return shown(ended, (_, { width }) => doctorTable(report, width).join('\n'), {
      exit: exitOf(report, options.strict),
    });
  },
});

const readRun = (client: Client, runId: string, holdMs: number): Promise<DoctorRun> =>
  client.get('/api/v1/doctor/{runId}', {
    params: { path: { runId }, query: holdMs === 0 ? {} : { wait: `${holdMs}ms` } },
  });

const exitOf = ({ verdict }: Schemas['DoctorReport'], strict: boolean): ExitName =>
  verdict === 'fail' || (strict && verdict === 'warn') ? 'failed' : 'ok';
