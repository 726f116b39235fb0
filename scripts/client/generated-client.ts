import { openApiDocument } from '@tandem/api/openapi/document.ts';
import { type RouteTable, routes } from '@tandem/api/routes/index.ts';
import { generateTypes } from '@tandem/client-generator/generate-types.ts';
import { idempotentRequests } from '@tandem/client-generator/idempotent-requests.ts';

const NOTICE = '// Generated from the OpenAPI document by `npm run docs`. Do not edit.\n\n';

/** The generated files of the client, by their path: the types of the API, and which requests take an idempotency key. */
export const generatedClient = async (): Promise<Readonly<Record<string, string>>> => {
  // no handler is called
  const document = JSON.stringify(openApiDocument(routes({ metrics: {} } as RouteTable)));
  return {
    'packages/client/src/generated/api.ts': NOTICE + (await generateTypes(document)),
    'packages/client/src/generated/idempotent-requests.ts': NOTICE + idempotentRequests(document),
  };
};
