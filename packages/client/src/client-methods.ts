import type { FetchOptions, FetchResponse, MaybeOptionalInit } from 'openapi-fetch';
import type { HttpMethod, PathsWithMethod, RequiredKeysOf } from 'openapi-typescript-helpers';
import type { paths } from './generated/api.ts';

export type Json = 'application/json';

type Init<Path extends keyof paths, Method extends HttpMethod> = MaybeOptionalInit<
  paths[Path],
  Method & keyof paths[Path]
>;
type Arguments<Options> = RequiredKeysOf<Options> extends never ? [options?: Options] : [options: Options];

/** Sends a request, and resolves with the body of its response. Rejects with ApiError, NetworkError, InsecureAddressError, or the signal's reason. */
export type Method<M extends HttpMethod> = <Path extends PathsWithMethod<paths, M>, Options extends Init<Path, M>>(
  path: Path,
  ...options: Arguments<Options>
) => Promise<
  NonNullable<FetchResponse<paths[Path][M & keyof paths[Path]] & Record<string, unknown>, Options, Json>['data']>
>;

export type { FetchOptions };
