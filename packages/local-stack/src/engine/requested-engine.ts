import { requestedEngine } from '../settings.ts';
import { StackFailure } from '../stack-failure.ts';
import { parseStackEngine, type StackEngine } from './engine-kinds.ts';

/** The engine that the option --engine or else the variable ENGINE names. Throws UNKNOWN_ENGINE. */
export const requestedStackEngine = (option: string | undefined): StackEngine | undefined => {
  if (option !== undefined) return parseStackEngine(option, '--engine');
  const text = requestedEngine();
  return text === undefined ? undefined : parseStackEngine(text, 'ENGINE');
};

/** Throws ENGINE_GIVEN_TWICE where an engine is to be started although the user runs one. */
export const refuseTwoEngines = (requested: StackEngine | undefined, givenUrl: string | undefined): void => {
  if (requested === undefined || givenUrl === undefined) return;
  const text = `ELASTICSEARCH_URL or OPENSEARCH_URL names an engine of your own, and ${requested} is to be started: unset one of them`;
  throw new StackFailure('ENGINE_GIVEN_TWICE', text);
};
