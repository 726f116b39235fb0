import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory } from '../settings.ts';
import { engineHomeName } from './engine-home.ts';
import { defaultStackEngine, type StackEngine } from './engine-kinds.ts';
import { findJdks, fittingJdk, type Jdk, missingJdk, SEARCHED } from './java.ts';
import { hasMaven } from './maven.ts';
import { ToolsMissing } from './three-ways-out.ts';
import { installTools } from './toolchain.ts';

export type EngineChoice = { kind: StackEngine; jdk: Jdk };

const OWN_ENGINE = 'ELASTICSEARCH_URL=http://localhost:9200';

const choose = async (requested: StackEngine | undefined): Promise<Partial<EngineChoice>> => {
  const jdks = await findJdks();
  const kind = requested ?? (jdks[0] && defaultStackEngine(jdks[0].major));
  const jdk = kind && fittingJdk(jdks, kind);
  return { ...(kind && { kind }), ...(jdk && { jdk }) };
};

/**
 * The engine to run and the JDK to run it on. Without a requested kind, the first JDK found decides. Missing tools are installed where
 * that is possible; otherwise rejects NO_JAVA or NO_MAVEN with the ways to fix it.
 */
export const chooseEngine = async (
  requested: StackEngine | undefined,
  report: (line: string) => void,
): Promise<EngineChoice> => {
  const lacking = async (): Promise<('jdk' | 'maven')[]> => {
    const { kind, jdk } = await choose(requested);
    const isFetched = kind !== undefined && existsSync(join(cacheDirectory, engineHomeName(kind)));
    return [...(jdk ? [] : ['jdk' as const]), ...(isFetched || hasMaven() ? [] : ['maven' as const])];
  };
  let missing = await lacking();
  if (missing.length > 0 && (await installTools(lacking, report))) missing = await lacking();

  const { kind, jdk } = await choose(requested);
  if (kind === undefined || jdk === undefined) {
    const why = requested && missingJdk(await findJdks(), requested);
    throw new ToolsMissing('NO_JAVA', why ?? `the engine needs a JDK, and none was found in ${SEARCHED}.`, OWN_ENGINE);
  }
  if (missing.includes('maven')) {
    const text = `${kind} is fetched with Maven, and there is no mvn on the PATH.`;
    throw new ToolsMissing('NO_MAVEN', text, OWN_ENGINE);
  }
  return { kind, jdk };
};
