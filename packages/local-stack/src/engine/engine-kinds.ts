import { StackFailure } from '../stack-failure.ts';

/** What the engines of one product have in common: their name, and what their official image needs to run without security. */
export const stackProducts = {
  elasticsearch: {
    label: 'Elasticsearch',
    folderInImage: '/usr/share/elasticsearch',
    javaOptionsOfImage: 'ES_JAVA_OPTS',
    noSecurityInImage: { 'xpack.security.enabled': 'false' },
  },
  opensearch: {
    label: 'OpenSearch',
    folderInImage: '/usr/share/opensearch',
    javaOptionsOfImage: 'OPENSEARCH_JAVA_OPTS',
    noSecurityInImage: { DISABLE_SECURITY_PLUGIN: 'true', DISABLE_INSTALL_DEMO_CONFIG: 'true' },
  },
} as const;

/** What it takes to run an engine from Maven artifacts on a JDK. Java versions are majors, both ends included. */
export type StackEngineDefinition = {
  product: keyof typeof stackProducts;
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

/** One row per engine that can be started here, each a product and its major version. */
export const stackEngines = {
  'elasticsearch@7': {
    product: 'elasticsearch',
    version: '7.17.29',
    java: { from: 17, to: 17 },
    artifacts: ['org.elasticsearch:elasticsearch:7.17.29', 'org.elasticsearch.plugin:transport-netty4-client:7.17.29'],
    launcher: 'Elasticsearch7',
    layout: 'class path',
    image: 'elasticsearch:7.17.29',
  },
  'elasticsearch@8': {
    product: 'elasticsearch',
    version: '8.19.21',
    java: { from: 17, to: 25 },
    artifacts: ['org.elasticsearch:elasticsearch:8.19.21', 'org.elasticsearch.plugin:transport-netty4:8.19.21'],
    launcher: 'Elasticsearch8And9',
    layout: 'module path',
    image: 'elasticsearch:8.19.21',
  },
  'elasticsearch@9': {
    product: 'elasticsearch',
    version: '9.5.3',
    java: { from: 21, to: NEWEST },
    artifacts: ['org.elasticsearch:elasticsearch:9.5.3', 'org.elasticsearch.plugin:transport-netty4:9.5.3'],
    launcher: 'Elasticsearch8And9',
    layout: 'module path',
    image: 'elasticsearch:9.5.3',
  },
  'opensearch@2': {
    product: 'opensearch',
    version: '2.19.4',
    java: { from: 17, to: 17 },
    artifacts: [
      'org.opensearch:opensearch:2.19.4',
      'org.opensearch.plugin:transport-netty4-client:2.19.4',
      'org.apache.logging.log4j:log4j-core:2.21.0',
    ],
    launcher: 'OpenSearch2And3',
    layout: 'class path',
    image: 'opensearchproject/opensearch:2.19.4',
  },
  'opensearch@3': {
    product: 'opensearch',
    version: '3.8.0',
    java: { from: 21, to: NEWEST },
    artifacts: [
      'org.opensearch:opensearch:3.8.0',
      'org.opensearch.plugin:transport-netty4-client:3.8.0',
      'org.apache.logging.log4j:log4j-core:2.25.4',
    ],
    launcher: 'OpenSearch2And3',
    layout: 'class path',
    image: 'opensearchproject/opensearch:3.8.0',
  },
} as const satisfies Record<string, StackEngineDefinition>;

export type StackEngine = keyof typeof stackEngines;

/** Those that API and worker can use; the others are started on their own. */
const supported = (Object.keys(stackEngines) as StackEngine[]).filter(
  (kind) => stackEngines[kind].product === 'elasticsearch',
);

/** Reads `--engine`. Rejects UNKNOWN_ENGINE with the list of those that Tandem supports. */
export const parseStackEngine = (text: string): StackEngine => {
  const kind = supported.find((candidate) => candidate === text);
  if (kind === undefined)
    throw new StackFailure('UNKNOWN_ENGINE', `no engine "${text}" here; there are: ${supported.join(', ')}`);
  return kind;
};

/** The name of the product, for people. */
export const engineLabel = (kind: StackEngine): string => stackProducts[stackEngines[kind].product].label;

/** The default engine: 8.19 on Java 17 to 20, 9.5 on Java 21 and newer. */
export const defaultStackEngine = (javaMajor: number): StackEngine =>
  javaMajor >= 21 ? 'elasticsearch@9' : 'elasticsearch@8';
