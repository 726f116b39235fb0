import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startContainerPart } from '../container/container-part.ts';
import { type Part, startProcessPart } from '../part.ts';
import { environment } from '../settings.ts';
import { chooseEngine } from './choose-engine.ts';
import { chrootArguments } from './chroot-mounts.ts';
import { engineHome, engineHomeName, launchArguments } from './engine-home.ts';
import {
  defaultStackEngine,
  engineLabel,
  type StackEngine,
  slugOf,
  stackEngines,
  stackProducts,
} from './engine-kinds.ts';
import { findJdks } from './java.ts';

export type EngineOptions = {
  directory: string;
  kind?: StackEngine | undefined;
  /** Maximum of the Java heap in MB, default 512. Benchmarks with thousands of indices want 4096. */
  heapMb?: number | undefined;
  /** A fixed port; default: the one of the last start, 9200, or a free one. */
  port?: number | undefined;
  /** false: a throw-away engine on any free port that starts faster and never reaches full speed. */
  durable?: boolean;
  /** Settings of the node, over those that it has here. */
  settings?: Readonly<Record<string, string>>;
  report?: (line: string) => void;
};

export type EngineFacts = { kind: StackEngine; version: string; repositoriesPath: string };

const get = async (url: string): Promise<unknown> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return response.json();
};

const probeAny = async (port: number): Promise<void> => {
  const health = (await get(`http://127.0.0.1:${port}/_cluster/health?master_timeout=1s&timeout=1s`)) as {
    status: string;
  };
  if (health.status === 'red') throw new Error('the cluster is red');
};

/** Ready means that its only node is master and it is the process that we started, not another one on the port. */
const probe = async (port: number, pid: number): Promise<void> => {
  const base = `http://127.0.0.1:${port}`;
  const process = (await get(`${base}/_nodes/_local/process`)) as {
    nodes: Record<string, { process: { id: number } }>;
  };
  const id = Object.values(process.nodes)[0]?.process.id;
  if (id !== pid) throw new Error(`process ${id} answers on port ${port}`);
  await probeAny(port);
};

/** Spreading a part would freeze its pid, which changes with each start. */
const withFacts = (part: Part, facts: EngineFacts): Part & EngineFacts =>
  Object.defineProperties({ ...facts } as Part & EngineFacts, Object.getOwnPropertyDescriptors(part));

/** The default engine where none is requested and no Java is found. */
const NEWEST_JAVA = 21;

/** The same from the official image. Its repositories lie inside the container. Rejects when the image is not available. */
export const startEngineContainer = async (options: EngineOptions): Promise<Part & EngineFacts> => {
  const { directory, heapMb = 512, durable = true } = options;
  const jdk = (await findJdks())[0];
  const kind = options.kind ?? defaultStackEngine(jdk?.major ?? NEWEST_JAVA);
  const { product, version, image } = stackEngines[kind];
  const { folderInImage, javaOptionsOfImage, noSecurityInImage } = stackProducts[product];
  const dataFolder = `${folderInImage}/data`;
  const repositoriesPath = `${dataFolder}/repositories`;
  const part = await startContainerPart({
    name: slugOf(kind),
    directory,
    durable,
    image,
    innerPort: 9200,
    usualPort: durable ? 9200 : undefined,
    environment: {
      'discovery.type': 'single-node',
      ...noSecurityInImage,
      'path.repo': repositoriesPath,
      'cluster.routing.allocation.disk.threshold_enabled': 'false',
      [javaOptionsOfImage]: `-Xms${Math.min(heapMb, 256)}m -Xmx${heapMb}m`,
    },
    dataFolder,
    probe: probeAny,
    url: (port) => `http://127.0.0.1:${port}`,
    stopSeconds: 8,
  });
  return withFacts(part, { kind, version, repositoriesPath });
};

/**
 * Starts a single node on the loopback address, without security, from Maven artifacts. Data and repositories are kept by engine under
 * `<directory>/data`, so that several may run in one directory. Disk watermarks are off, since a developer's disk may be nearly full.
 */
export const startEngine = async (options: EngineOptions): Promise<Part & EngineFacts> => {
  const { directory, heapMb = 512, durable = true, settings = {}, report = () => undefined } = options;
  const { kind, jdk } = await chooseEngine(options.kind, report);
  const { version } = stackEngines[kind];
  report(`${engineLabel(kind)} ${version} on Java ${jdk.major}`);
  const home = await withDownloadNote(kind, report, () => engineHome(kind, jdk));
  const data = join(directory, 'data', slugOf(kind));
  const repositoriesPath = join(data, 'repositories');
  mkdirSync(repositoriesPath, { recursive: true });

  const heap = [`-Xms${Math.min(heapMb, 256)}m`, `-Xmx${heapMb}m`];
  const own = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  const inChroot = await chrootArguments(jdk);
  const fastStart = durable ? [] : ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];
  const warnings = ['-Djava.awt.headless=true', '-Dlog4j2.disable.jmx=true'];
  const part = await startProcessPart({
    name: slugOf(kind),
    directory,
    port: options.port,
    usualPort: durable ? 9200 : undefined,
    command: (port) => ({
      command: join(jdk.home, 'bin', 'java'),
      args: [
        ...heap,
        ...inChroot,
        ...fastStart,
        ...warnings,
        ...launchArguments(kind, home, [data, repositoriesPath, String(port), ...own]),
      ],
      env: environment(),
    }),
    probe,
    url: (port) => `http://127.0.0.1:${port}`,
    stopSignal: 'SIGTERM',
    stopMs: 8_000,
    startMs: 120_000,
  });
  return withFacts(part, { kind, version, repositoriesPath });
};

const withDownloadNote = async <T>(kind: StackEngine, report: (line: string) => void, work: () => Promise<T>) => {
  const begun = performance.now();
  const timer = setInterval(() => {
    report(`still fetching ${engineHomeName(kind)} with Maven (${Math.round((performance.now() - begun) / 1000)} s)`);
  }, 10_000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
};
