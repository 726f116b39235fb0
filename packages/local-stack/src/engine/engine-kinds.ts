import { StackFailure } from '../stack-failure.ts';

/** What the engines of one product have in common: their name, and what their official image needs to run without security. */
export const stackProducts = {
  elasticsearch: {
    label: 'Elasticsearch',
    urlSetting: 'ELASTICSEARCH_URL',
    folderInImage: '/usr/share/elasticsearch',
    javaOptionsOfImage: 'ES_JAVA_OPTS',
    noSecurityInImage: { 'xpack.security.enabled': 'false' },
  },
  opensearch: {
    label: 'OpenSearch',
    urlSetting: 'OPENSEARCH_URL',
    folderInImage: '/usr/share/opensearch',
    javaOptionsOfImage: 'OPENSEARCH_JAVA_OPTS',
    noSecurityInImage: { DISABLE_SECURITY_PLUGIN: 'true', DISABLE_INSTALL_DEMO_CONFIG: 'true' },
  },
} as const;

/** Majors, both ends included. */
export type JavaRange = { readonly from: number; readonly to: number };

/** What it takes to run an engine from Maven artifacts on a JDK. */
export type StackEngineDefinition = {
  product: keyof typeof stackProducts;
  version: string;
  java: JavaRange;
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

export type EngineUrlSetting = (typeof stackProducts)[keyof typeof stackProducts]['urlSetting'];

/** All of them, oldest first within a product. */
export const stackEngineKinds = Object.keys(stackEngines) as StackEngine[];

/** Reads `source`, the variable ENGINE or the option --engine. Throws UNKNOWN_ENGINE with the value and the list of choices. */
export const parseStackEngine = (text: string, source: string): StackEngine => {
  const kind = stackEngineKinds.find((candidate) => candidate === text);
  if (kind === undefined) {
    const choices = stackEngineKinds.join(', ');
    throw new StackFailure('UNKNOWN_ENGINE', `${source}: there is no engine "${text}"; choose one of ${choices}`);
  }
  return kind;
};

/** The name as a part of file and container names. */
export const slugOf = (kind: StackEngine): string => kind.replace('@', '-');

/** The name of the product, for people. */
export const engineLabel = (kind: StackEngine): string => stackProducts[stackEngines[kind].product].label;

/** The setting by which API and worker get the URL of an engine of this kind. */
export const urlSettingOf = (kind: StackEngine): EngineUrlSetting =>
  stackProducts[stackEngines[kind].product].urlSetting;

/** The default engine: 8.19 on Java 17 to 20, 9.5 on Java 21 and newer. */
export const defaultStackEngine = (javaMajor: number): StackEngine =>
  javaMajor >= 21 ? 'elasticsearch@9' : 'elasticsearch@8';
