import { engineCall } from './engine/engine-call.ts';

/** The name of the snapshot repository in every engine that is started here. */
export const REPOSITORY = 'tandem-backups';

/** Registers the fs repository in a folder below the engine's `path.repo`. Idempotent. */
export const putRepository = async (engineUrl: string, repositoriesPath: string): Promise<void> => {
  const settings = { location: `${repositoriesPath}/${REPOSITORY}` };
  await engineCall(engineUrl, 'PUT', `_snapshot/${REPOSITORY}`, { type: 'fs', settings });
};
