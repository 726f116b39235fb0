import type { FetchResponse } from 'openapi-fetch';
import type { PathsWithMethod } from 'openapi-typescript-helpers';
import type { TandemClient } from './client.ts';
import type { Json } from './client-methods.ts';
import type { paths } from './generated/api.ts';

type Page = { readonly items: readonly unknown[]; readonly nextCursor: string | null };

type GetOf<Path extends keyof paths> = paths[Path]['get'] & Record<string, unknown>;
type ResponseOf<Path extends keyof paths> = NonNullable<FetchResponse<GetOf<Path>, object, Json>['data']>;
type QueryOf<Path extends keyof paths> = GetOf<Path> extends { parameters: { query?: infer Query } } ? Query : never;
type PathOf<Path extends keyof paths> = GetOf<Path> extends { parameters: { path: infer Params } } ? Params : undefined;

/** The paths of lists that are paged with a cursor. */
export type ListPath = {
  [Path in PathsWithMethod<paths, 'get'>]: ResponseOf<Path> extends Page
    ? QueryOf<Path> extends { cursor?: string } | undefined
      ? Path
      : never
    : never;
}[PathsWithMethod<paths, 'get'>];

export type ItemOf<Path extends ListPath> =
  ResponseOf<Path> extends { readonly items: readonly (infer Item)[] } ? Item : never;

export type ItemsOptions<Path extends ListPath> = {
  readonly query?: Omit<NonNullable<QueryOf<Path>>, 'cursor'>;
  readonly signal?: AbortSignal;
} & (PathOf<Path> extends object ? { readonly path: PathOf<Path> } : { readonly path?: undefined });

/** Every item of a list, page after page; a page is requested once an item of it is needed. Rejects as the client does. */
export async function* items<Path extends ListPath>(
  client: Pick<TandemClient, 'get'>,
  path: Path,
  ...[options]: PathOf<Path> extends object ? [ItemsOptions<Path>] : [ItemsOptions<Path>?]
): AsyncGenerator<ItemOf<Path>, void, undefined> {
  const { query, path: inPath, signal } = options ?? {};
  const get = client.get as unknown as (path: string, options: object) => Promise<Page>;
  let cursor: string | null | undefined;
  do {
    const params = { path: inPath, query: { ...query, ...(cursor && { cursor }) } };
    const page = await get(path, { params, ...(signal && { signal }) });
    yield* page.items as readonly ItemOf<Path>[];
    cursor = page.nextCursor;
  } while (cursor !== null);
}
