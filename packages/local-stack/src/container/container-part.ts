import { createHash } from 'node:crypto';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StartedTestContainer } from 'testcontainers';
import { slugOf, stackEngineKinds } from '../engine/engine-kinds.ts';
import type { Part } from '../part.ts';
import { removeContainerAtDeath } from '../process/guard.ts';
import { findPort, rememberedPorts, rememberPort } from '../process/ports.ts';
import { endStale, removeRecord, writeRecord } from '../process/run-record.ts';
import { disableReaper } from '../settings.ts';

/** The services of a stack that may be containers. */
const SERVICES = ['postgres', 'redis', ...stackEngineKinds.map(slugOf)];

export type ContainerDefinition = {
  /** A part of the names of container, volume and log. */
  name: string;
  directory: string;
  image: string;
  innerPort: number;
  usualPort: number | undefined;
  environment: Record<string, string>;
  command?: string[];
  /** The folder inside that holds the data; kept in a volume of its own when `durable`. */
  dataFolder: string;
  durable: boolean;
  probe(port: number): Promise<void>;
  url(port: number): string;
  stopSeconds: number;
};

const PULL_AND_START_MS = 300_000;
const READY_MS = 60_000;

/** Containers and volumes of one directory share this beginning of their names. */
export const containerPrefix = (directory: string): string =>
  `tandem-${createHash('sha256').update(directory).digest('hex').slice(0, 10)}`;

const isNotThere = (error: unknown): boolean => (error as { statusCode?: number }).statusCode === 404;

const load = async () => {
  // its reaper would need one more image; stop() and the guard end the containers instead
  disableReaper();
  return import('testcontainers');
};

const removeContainer = async (name: string): Promise<void> => {
  const { getContainerRuntimeClient } = await load();
  const { container } = await getContainerRuntimeClient();
  await container.dockerode
    .getContainer(name)
    .remove({ force: true, v: true })
    .catch((error: unknown) => {
      if (!isNotThere(error)) throw error;
    });
};

const create = async (definition: ContainerDefinition, name: string, port: number, logFile: string) => {
  const { GenericContainer, StartupCheckStrategy } = await load();
  /** Running is all that Docker can tell; whether the service answers is for the probe to say. */
  class Running extends StartupCheckStrategy {
    async checkStartupState(
      ...[docker, id]: Parameters<InstanceType<typeof StartupCheckStrategy>['checkStartupState']>
    ) {
      const { State: state } = await docker.getContainer(id).inspect();
      if (state.Running) return 'SUCCESS' as const;
      return state.Status === 'exited' ? ('FAIL' as const) : ('PENDING' as const);
    }
  }
  /** Published on the loopback address only: these services have no password, or a known one. */
  class OnLoopback extends GenericContainer {
    protected override async beforeContainerCreated() {
      const bindings = Object.values(this.hostConfig.PortBindings ?? {}) as { HostIp?: string }[][];
      for (const binding of bindings.flat()) binding.HostIp = '127.0.0.1';
    }
  }
  const container = new OnLoopback(definition.image)
    .withName(name)
    .withExposedPorts({ container: definition.innerPort, host: port })
    .withEnvironment(definition.environment)
    .withStartupTimeout(PULL_AND_START_MS)
    .withWaitStrategy(new Running())
    .withLogConsumer((stream) => stream.pipe(createWriteStream(logFile, { flags: 'a' })));
  if (definition.command) container.withCommand(definition.command);
  if (definition.durable) container.withBindMounts([{ source: `${name}-data`, target: definition.dataFolder }]);
  return container.start();
};

const untilReady = async ({ probe }: ContainerDefinition, port: number): Promise<void> => {
  const end = performance.now() + READY_MS;
  for (;;) {
    try {
      return await probe(port);
    } catch (error) {
      if (performance.now() > end) throw error;
      await sleep(150);
    }
  }
};

const withinLimit = async <T>(work: Promise<T>): Promise<T> => {
  const timeout = Promise.withResolvers<never>();
  const timer = setTimeout(() => timeout.reject(new Error('no container within 5 minutes')), PULL_AND_START_MS);
  try {
    return await Promise.race([work, timeout.promise]);
  } finally {
    clearTimeout(timer);
  }
};

/**
 * Starts a service as a container on a port of the loopback address and waits until it answers. Rejects when its image cannot be had or
 * it does not come up; no container is left then. stop() removes the container and keeps the volume of a durable one.
 */
export const startContainerPart = async (definition: ContainerDefinition): Promise<Part> => {
  const { directory, name: part, usualPort, durable } = definition;
  const name = `${containerPrefix(directory)}-${part}`;
  const recordFile = join(directory, 'run', `${part}-container.json`);
  await endStale(recordFile, part, 'SIGTERM');
  await removeContainer(name);
  const preferred = usualPort === undefined ? [] : [rememberedPorts(directory)[part], usualPort];
  const port = await findPort(preferred.filter((candidate) => candidate !== undefined));
  mkdirSync(join(directory, 'logs'), { recursive: true });
  const logFile = join(directory, 'logs', `${part}.log`);
  removeContainerAtDeath(name);
  let started: StartedTestContainer;
  try {
    started = await withinLimit(create(definition, name, port, logFile));
    await untilReady(definition, port);
  } catch (error) {
    await removeContainer(name);
    throw error;
  }
  writeRecord(recordFile, process.pid);
  if (usualPort !== undefined) rememberPort(directory, part, port);

  const { getContainerRuntimeClient } = await load();
  const handle = (await getContainerRuntimeClient()).container.getById(started.getId());
  const isRunning = async () => (await handle.inspect()).State.Running;
  let isStopped = false;
  return {
    url: definition.url(port),
    pid: undefined,
    logFile,
    origin: 'container',
    signal: (signal) => void handle.kill({ signal }),
    kill: async () => {
      if (await isRunning()) await handle.kill({ signal: 'SIGKILL' });
    },
    start: async () => {
      if (!(await isRunning())) await handle.start();
      await untilReady(definition, port);
    },
    stop: async () => {
      if (isStopped) return;
      isStopped = true;
      await handle.stop({ t: definition.stopSeconds }).catch((error: { statusCode?: number }) => {
        // 304: it is stopped already
        if (error.statusCode !== 304 && !isNotThere(error)) throw error;
      });
      await handle.remove({ force: true, v: !durable }).catch((error: unknown) => {
        if (!isNotThere(error)) throw error;
      });
      removeRecord(recordFile);
    },
  };
};

/** Deletes the volumes of a directory's containers; what is not there costs nothing. */
export const removeVolumes = async (directory: string): Promise<void> => {
  const { getContainerRuntimeClient } = await load();
  const { dockerode } = (await getContainerRuntimeClient()).container;
  for (const part of SERVICES) {
    const volume = dockerode.getVolume(`${containerPrefix(directory)}-${part}-data`);
    await volume.remove().catch((error: unknown) => {
      if (!isNotThere(error)) throw error;
    });
  }
};
