import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory } from '../settings.ts';
import { engineHomeName } from './engine-home.ts';
import { defaultStackEngine, type StackEngine, stackEngines, urlSettingOf } from './engine-kinds.ts';
import { anyJava, findJdks, fittingJdk, isWithin, type Jdk, neededJdk } from './java.ts';
import { hasMaven } from './maven.ts';
import { ToolsMissing } from './three-ways-out.ts';
import { installTools, type MissingTools } from './toolchain.ts';

export type EngineChoice = { kind: StackEngine; jdk: Jdk };

/** The setting that replaces an engine of ours. */
const ownEngine = (requested: StackEngine | undefined): string =>
  `${requested ? urlSettingOf(requested) : 'ELASTICSEARCH_URL'}=http://localhost:9200`;

const choose = (jdks: readonly Jdk[], requested: StackEngine | undefined): Partial<EngineChoice> => {
  const first = jdks.find(({ major }) => isWithin(anyJava, major));
  const kind = requested ?? (first && defaultStackEngine(first.major));
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
  const java = requested === undefined ? anyJava : stackEngines[requested].java;
  const lacking = async (): Promise<MissingTools> => {
    const { kind, jdk } = choose(await findJdks(), requested);
    const isFetched = kind !== undefined && existsSync(join(cacheDirectory, engineHomeName(kind)));
    return { jdk: jdk === undefined ? java : undefined, maven: !isFetched && !hasMaven() };
  };
  const missing = await installTools(lacking, report);
  const jdks = await findJdks();
  const { kind, jdk } = choose(jdks, requested);
  if (kind === undefined || jdk === undefined)
    throw new ToolsMissing('NO_JAVA', neededJdk(jdks, requested), ownEngine(requested), java);
  if (missing.maven) {
    const text = `${kind} is fetched with Maven, and there is no mvn on the PATH.`;
    throw new ToolsMissing('NO_MAVEN', text, ownEngine(requested), java);
  }
  return { kind, jdk };
};
