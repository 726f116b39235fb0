import { tandemVersion } from '@tandem/runtime/version.ts';
import { Problem } from '@tandem/shared/contract/problem.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiExampleObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiOverride,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
  type ZodOpenApiSecuritySchemeObject,
} from 'zod-openapi';
import type { Route } from '../http/route.ts';
import { type DocumentedAnswer, type RouteDocs, TAGS } from '../http/route-docs.ts';
import { access } from '../identity/access.ts';
import { failureResponses } from './failure-responses.ts';
import { ANSWER_HEADERS, REQUEST_HEADERS, requestIdHeader } from './headers.ts';

export type OpenApiDocument = ReturnType<typeof createDocument>;

const DESCRIPTION = `Takes, monitors, restores and records backups of Camunda Optimize. Responses below \`/actuator\`, including errors, are those of Optimize: \`/actuator/backup\` of 3.9, \`/actuator/backups\` of 3.10 and later. Below \`/api/v1\` errors are RFC 9457 problems, identified by their \`code\`. Times are RFC 3339 in UTC. Lists are paged with \`cursor\`, which is opaque and only valid with the same filter and order. The schema of an NDJSON response is that of a line. An unknown path returns 404, an unsupported method 405 with \`Allow\`, an unknown \`Expect\` 417.`;

/** Relative to the URL that the document was fetched from, so that no proxy header needs to be trusted. */
const FETCHED_FROM = '.';

/** Where authentication is required, one of them; which role it needs is in docs/security.md, and the 403 of each operation. */
const SCHEMES = {
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'tdm_<id>_<secret><checksum>',
    description: 'An API key of Tandem.',
  },
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'An access token of the issuer that is set with OIDC_ISSUER.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'tandem_session',
    description: 'The session of a browser after its login.',
  },
  clientCertificate: {
    type: 'mutualTLS',
    description: 'A client certificate that TLS_CLIENT_CA_FILE vouches for.',
  },
} as const satisfies Readonly<Record<string, ZodOpenApiSecuritySchemeObject>>;

const CREDENTIALS = Object.keys(SCHEMES).map((name) => ({ [name]: [] }));

/** The OpenAPI 3.1 document of those routes: each with its input, responses and failures. Pages for browsers are no part of the API. */
export const openApiDocument = (routes: readonly Route[], publicUrl = FETCHED_FROM): OpenApiDocument => {
  const examples: Record<string, ZodOpenApiExampleObject> = {};
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes.filter(({ docs }) => docs.isPage !== true)) {
    const path = documentedPath(route.path);
    paths[path] = { ...paths[path], [route.method]: operationOf(route, examples) };
  }
  return createDocument(
    {
      openapi: '3.1.1',
      info: {
        title: 'Tandem',
        version: tandemVersion,
        summary: 'Backups of Camunda Optimize, as jobs.',
        description: DESCRIPTION,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: publicUrl }],
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      security: CREDENTIALS,
      paths,
      components: { schemas: { Problem }, headers: headersIn(paths), examples, securitySchemes: SCHEMES },
    },
    { override: shown },
  );
};

const shown: ZodOpenApiOverride = (context) => {
  nullInType(context);
  withoutPattern(context);
};

/** For times and UUIDs the format suffices. */
const withoutPattern: ZodOpenApiOverride = ({ jsonSchema }) => {
  if (jsonSchema.format === 'date-time' || jsonSchema.format === 'uuid') delete jsonSchema.pattern;
};

/** `type: [string, null]` instead of `anyOf` of both, so that description, format and example of a nullable field stand in one schema. */
const nullInType: ZodOpenApiOverride = ({ jsonSchema }) => {
  const [field, nothing, ...others] = jsonSchema.anyOf ?? [];
  if (nothing?.type !== 'null' || others.length > 0 || typeof field?.type !== 'string' || field.enum !== undefined)
    return;
  const { anyOf: _, ...own } = jsonSchema;
  delete jsonSchema.anyOf;
  Object.assign(jsonSchema, field, own, { type: [field.type, 'null'] });
};

/** The headers that their responses have. */
const headersIn = (paths: ZodOpenApiPathsObject) => {
  const text = JSON.stringify(paths, (key, value) => (key === 'schema' ? undefined : value));
  return Object.fromEntries(
    Object.entries(ANSWER_HEADERS).filter(([name]) => text.includes(`"#/components/headers/${name}"`)),
  );
};

/** `/backups/:backupId` becomes `/backups/{backupId}`. */
export const documentedPath = (path: string): string => path.replace(/:(\w+)/g, '{$1}');

const operationOf = (route: Route, examples: Record<string, ZodOpenApiExampleObject>): ZodOpenApiOperationObject => {
  const { id, tag, summary, description, answers } = route.docs;
  const { path, query, body } = inputOf(route);
  return {
    operationId: id,
    ...(access[id] === 'public' ? { security: [] } : {}),
    tags: [tag],
    summary,
    description,
    requestParams: {
      ...(isEmpty(path) ? {} : { path: z.object(path) }),
      ...(isEmpty(query) ? {} : { query: z.object(query) }),
      header: z.object(headersOf(route.docs)),
    },
    ...(takesBody(route, body) ? { requestBody: bodyOf(route, body) } : {}),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, responseOf(answer)])),
      ...failureResponses(route, examples),
    },
  };
};

type Shape = Readonly<Record<string, z.core.$ZodType>>;

const isEmpty = (shape: Shape): boolean => Object.keys(shape).length === 0;

/** Whether each field of the input is a path parameter, a query parameter or part of the body. */
const inputOf = (route: Route): { readonly path: Shape; readonly query: Shape; readonly body: Shape } => {
  const inPath = new Set([...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name));
  const fields: Shape = route.input?.shape ?? {};
  const some = (isIncluded: (name: string) => boolean): Shape =>
    Object.fromEntries(Object.entries(fields).filter(([name]) => isIncluded(name)));
  const rest = some((name) => !inPath.has(name));
  return { path: some((name) => inPath.has(name)), query: route.query ? rest : {}, body: route.query ? {} : rest };
};

const headersOf = ({ takes = [] }: RouteDocs): Shape => ({
  'X-Request-Id': requestIdHeader,
  ...Object.fromEntries(takes.map((name) => [name, REQUEST_HEADERS[name]])),
});

const takesBody = ({ method }: Route, body: Shape): boolean =>
  method !== 'get' && !(method === 'delete' && isEmpty(body));

const bodyOf = ({ docs }: Route, body: Shape): NonNullable<ZodOpenApiOperationObject['requestBody']> => ({
  required: true,
  description: 'A JSON object. Fields that are not documented are refused.',
  content: {
    'application/json': {
      schema: z.strictObject(body),
      ...omitUndefined({ example: docs.body }),
    },
  },
});

const responseOf = ({ description, content, headers }: DocumentedAnswer): ZodOpenApiResponseObject => ({
  description,
  headers: Object.fromEntries(
    ['X-Request-Id', ...headers].map((name) => [name, { $ref: `#/components/headers/${name}` }]),
  ),
  content: { ...content },
});
