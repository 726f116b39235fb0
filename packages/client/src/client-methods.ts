import type { FetchResponse, MaybeOptionalInit, ParseAs } from 'openapi-fetch';
import type { HttpMethod, PathsWithMethod, RequiredKeysOf } from 'openapi-typescript-helpers';
import type { paths } from './generated/api.ts';

export type Json = 'application/json';

type Init<Path extends keyof paths, M extends HttpMethod> = NonNullable<
  MaybeOptionalInit<paths[Path], M & keyof paths[Path]>
>;
/** `parseAs` is a type parameter of its own: if the options were one, a misspelt field in them would pass. */
type Options<Path extends keyof paths, M extends HttpMethod, As> = Omit<Init<Path, M>, 'parseAs'> & {
  readonly parseAs?: As;
};
type Arguments<Given> = RequiredKeysOf<Given> extends never ? [options?: Given] : [options: Given];

/** Sends a request, and resolves with the body of its response. Rejects with ApiError, NetworkError, InsecureAddressError, or the signal's reason. */
export type Method<M extends HttpMethod> = <Path extends PathsWithMethod<paths, M>, As extends ParseAs = 'json'>(
  path: Path,
  ...options: Arguments<Options<Path, M, As>>
) => Promise<
  NonNullable<
    FetchResponse<paths[Path][M & keyof paths[Path]] & Record<string, unknown>, { parseAs: As }, Json>['data']
  >
>;
