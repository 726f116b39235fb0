import { StackFailure } from '../stack-failure.ts';

/** What it takes to run an engine from Maven artifacts on a JDK. Java versions are majors, both ends included. */
export type StackEngineDefinition = {
  version: string;
  java: { from: number; to: number };
  artifacts: readonly string[];
  /** The launcher's class, in the folder `java` of this package. */
  launcher: string;
  /** Elasticsearch 8 and newer only run from the module path, with the HTTP transport as an engine module. */
  layout: 'class path' | 'module path';
  image: string;
};

/** The newest Java that engines were tested on; newer ones are tried anyway. */
const NEWEST = Number.POSITIVE_INFINITY;

/** One row per engine that can be started here, each a kind of engine and its major version. */
export const stackEngines = {
  'elasticsearch@7': {
    version: '7.17.29',
    java: { from: 17, to: 17 },
    artifacts: ['org.elasticsearch:elasticsearch:7.17.29', 'org.elasticsearch.plugin:transport-netty4-client:7.17.29'],
    launcher: 'Elasticsearch7',
    layout: 'class path',
    image: 'elasticsearch:7.17.29',
  },
  'elasticsearch@8': {
    version: '8.19.21',
    java: { from: 17, to: 25 },
    artifacts: ['org.elasticsearch:elasticsearch:8.19.21', 'org.elasticsearch.plugin:transport-netty4:8.19.21'],
    launcher: 'Elasticsearch8And9',
    layout: 'module path',
    image: 'elasticsearch:8.19.21',
  },
  'elasticsearch@9': {
    version: '9.5.3',
    java: { from: 21, to: NEWEST },
    artifacts: ['org.elasticsearch:elasticsearch:9.5.3', 'org.elasticsearch.plugin:transport-netty4:9.5.3'],
    launcher: 'Elasticsearch8And9',
    layout: 'module path',
    image: 'elasticsearch:9.5.3',
  },
} as const satisfies Record<string, StackEngineDefinition>;

export type StackEngine = keyof typeof stackEngines;

const kinds = Object.keys(stackEngines) as StackEngine[];

/** Reads `--engine`. Rejects UNKNOWN_ENGINE with the list of known ones. */
export const parseStackEngine = (text: string): StackEngine => {
  const kind = kinds.find((candidate) => candidate === text);
  if (kind === undefined)
    throw new StackFailure('UNKNOWN_ENGINE', `no engine "${text}" here; there are: ${kinds.join(', ')}`);
  return kind;
};

/** The default engine: 8.19 on Java 17 to 20, 9.5 on Java 21 and newer. */
export const defaultStackEngine = (javaMajor: number): StackEngine =>
  javaMajor >= 21 ? 'elasticsearch@9' : 'elasticsearch@8';
