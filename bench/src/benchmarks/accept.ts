import { CONTENDERS, type Contender, labels, startContenders } from '../accept/contenders.ts';
import { writtenRows } from '../accept/written-rows.ts';
import { cpuTimeMs } from '../measure/cpu-time.ts';
import { inTurn, median, quantile } from '../measure/figures.ts';
import { keepAliveClient } from '../measure/keep-alive-client.ts';
import { postLoad } from '../measure/post-load.ts';
import type { Bar, Report } from '../report/report.ts';
import { type BenchStack, type Progress, withBenchStack } from '../stack/bench-stack.ts';
import type { Server } from '../stack/tandem-process.ts';
import type { Benchmark, Size } from './benchmark.ts';

const sizes = {
  full: { clients: 32, requests: 1_500, rounds: 7, durable: true },
  small: { clients: 32, requests: 64, rounds: 1, durable: false },
};

type Round = { readonly perSecond: number; readonly p50: number; readonly p99: number; readonly cpuMs: number };

/** What the stub was asked: how many calls it has responses for, and each other call by method and path. */
export type EngineCalls = { readonly answered: number; readonly unknown: Readonly<Record<string, number>> };

export type AcceptMeasurement = {
  readonly rounds: Readonly<Record<Contender, readonly Round[]>>;
  /** Requests each contender was sent, those before the first round too; each was answered 200 and, but for the bare one, written. */
  readonly requests: number;
  readonly engineCalls: EngineCalls;
  readonly versions: Readonly<Record<string, string>>;
};

/** Lower-case names of the contenders: an id must not contain capitals. */
const prefixOf = (contender: Contender): string => contender.toLowerCase();

const oneRound = async (contender: Contender, server: Server, ids: () => number, scale: (typeof sizes)[Size]) => {
  const prefix = prefixOf(contender);
  const cpuBefore = cpuTimeMs(server.pid);
  const outcome = await postLoad({
    url: server.url,
    path: '/actuator/backup',
    clients: scale.clients,
    requests: scale.requests,
    nextBody: () => JSON.stringify({ backupId: `${prefix}-${ids()}` }),
  });
  if (outcome.statuses[200] !== scale.requests) {
    throw new Error(`${labels[contender]} answered ${JSON.stringify(outcome.statuses)}`);
  }
  return {
    perSecond: (scale.requests / outcome.ms) * 1_000,
    p50: quantile(outcome.latenciesMs, 0.5),
    p99: quantile(outcome.latenciesMs, 0.99),
    cpuMs: ((cpuTimeMs(server.pid) ?? Number.NaN) - (cpuBefore ?? Number.NaN)) / scale.requests,
  };
};

const checkRows = async ({ stack }: BenchStack, contender: Contender, requests: number): Promise<void> => {
  const found = await writtenRows(stack.databaseUrl, prefixOf(contender));
  const sought = { backups: requests, parts: requests * 2, operations: requests, events: requests };
  if (JSON.stringify(found) !== JSON.stringify(sought)) {
    throw new Error(`${labels[contender]} wrote ${JSON.stringify(found)} instead of ${JSON.stringify(sought)}`);
  }
};

/** Rejects if the stub has no response for one of them: then it is no longer what Tandem and the naive server query. */
const engineCallsOf = async (stub: Server): Promise<EngineCalls> => {
  const client = keepAliveClient();
  const { body } = await client.send('GET', `${stub.url}/calls`);
  client.close();
  const calls = body as EngineCalls;
  const unknown = Object.entries(calls.unknown).map(([call, times]) => `${call} (${times}×)`);
  if (unknown.length > 0) {
    throw new Error(`bench/src/accept/stub-engine.ts has no response for ${unknown.join(', ')}. Add one for each.`);
  }
  return calls;
};

export const measureAccept = async (size: Size, progress: Progress): Promise<AcceptMeasurement> => {
  const scale = sizes[size];
  return withBenchStack({ parts: ['postgres', 'redis'], durable: scale.durable, progress }, async (bench) => {
    const { stub, servers } = await startContenders(bench, progress);
    const rounds: Record<Contender, Round[]> = {
      tandem: [],
      naive: [],
      tandemNoEngine: [],
      naiveNoEngine: [],
      bare: [],
    };
    let last = 0;
    const ids = () => {
      last += 1;
      return last;
    };
    for (let round = 0; round <= scale.rounds; round += 1) {
      for (const contender of inTurn(CONTENDERS, round)) {
        const measured = await oneRound(contender, servers[contender], ids, scale);
        if (round > 0) rounds[contender].push(measured);
      }
      const rates = CONTENDERS.map((contender) => `${contender} ${rounds[contender].at(-1)?.perSecond.toFixed(0)}`);
      progress(round === 0 ? 'warm' : `POST/s in round ${round} of ${scale.rounds}: ${rates.join(', ')}`);
    }
    const requests = scale.requests * (scale.rounds + 1);
    for (const contender of CONTENDERS) if (contender !== 'bare') await checkRows(bench, contender, requests);
    const engineCalls = await engineCallsOf(stub);
    return { rounds, requests, engineCalls, versions: bench.versions };
  });
};

const perSecond = (rounds: readonly Round[]): number => median(rounds.map((round) => round.perSecond));

const row = (contender: Contender, { rounds }: AcceptMeasurement) => {
  const of = (pick: (round: Round) => number) => median(rounds[contender].map(pick));
  const share = perSecond(rounds[contender]) / perSecond(rounds.bare);
  return [
    labels[contender],
    perSecond(rounds[contender]).toFixed(0),
    share.toFixed(3),
    `${of(({ p50 }) => p50).toFixed(1)} ms`,
    `${of(({ p99 }) => p99).toFixed(1)} ms`,
    `${of(({ cpuMs }) => cpuMs).toFixed(2)} ms`,
  ];
};

const bar = (what: string, ours: readonly Round[], theirs: readonly Round[], min: number): Bar => {
  const ratio = perSecond(ours) / perSecond(theirs);
  return {
    what: `${what}: at least ${min} × naive`,
    limit: min.toFixed(2),
    measured: ratio.toFixed(2),
    holds: ratio >= min,
  };
};

const report = (measurement: AcceptMeasurement, size: Size): Report => {
  const { rounds, requests, versions } = measurement;
  return {
    about: [
      `POST /actuator/backup by 32 clients on keep-alive connections, ids never repeated; PostgreSQL and Redis are real, the engine is a stub in its own process, no worker runs. Contenders alternate; medians of ${rounds.tandem.length} rounds. Each was sent ${requests} requests: all were answered 200, and their rows counted in PostgreSQL.`,
      'Naive: Express, the same schema, the two engine calls (snapshots of the id, list of indices), an interactive Prisma transaction of four statements, an awaited `queue.add`. Processor time is that of the answering process alone, per request.',
    ],
    tables: [
      {
        columns: ['contender', 'POST/s', 'of bare', 'p50', 'p99', 'processor'],
        rows: CONTENDERS.map((contender) => row(contender, measurement)),
      },
    ],
    bars:
      size === 'full'
        ? [
            bar('with engine calls', rounds.tandem, rounds.naive, 1.2),
            bar('without engine calls', rounds.tandemNoEngine, rounds.naiveNoEngine, 1.6),
          ]
        : [],
    versions,
  };
};

export const accept: Benchmark = {
  about: 'accepted backups per second against a naive handler and bare Node',
  run: async (size, progress) => report(await measureAccept(size, progress), size),
};
