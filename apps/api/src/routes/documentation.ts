import { z } from 'zod';
import { plainRoute, type Route, route } from '../http/route.ts';
import { content, json, type RouteDocs } from '../http/route-docs.ts';
import { docsFile, docsPage } from '../openapi/docs-page.ts';
import { openApiDocument } from '../openapi/document.ts';

const file = z.string().meta({ description: 'The content of the file.' });

const OpenApi = z.looseObject({
  openapi: z.string().meta({ description: 'The version of OpenAPI.', example: '3.1.1' }),
  paths: z.record(z.string(), z.unknown()).meta({ description: 'The operations, by path and method.' }),
});

const documentationDocs = {
  openApi: {
    id: 'readOpenApi',
    tag: 'Documentation',
    summary: 'This API in OpenAPI 3.1',
    description:
      'Describes the routes of this process. Its URLs are relative to where it was fetched, unless `PUBLIC_URL` is set.',
    answers: {
      200: json('The OpenAPI document.', OpenApi, {
        openapi: '3.1.1',
        paths: {},
      }),
    },
    failures: [],
  },
  page: {
    id: 'readDocs',
    tag: 'Documentation',
    summary: 'Interactive documentation',
    description: 'The page loads nothing from other servers.',
    answers: { 200: content('text/html', 'The page.', z.string(), '<!doctype html>') },
    failures: [],
  },
  file: {
    id: 'readDocsFile',
    tag: 'Documentation',
    summary: 'A file of the documentation page',
    description: 'The scripts and styles that the page loads.',
    answers: {
      200: {
        description: 'The file.',
        content: {
          'text/css': { schema: file, example: '.swagger-ui{}' },
          'text/javascript': { schema: file, example: 'SwaggerUIBundle();' },
          'image/png': { schema: file, example: '' },
        },
        headers: [],
      },
    },
    failures: ['ROUTE_NOT_FOUND'],
  },
} as const satisfies Readonly<Record<string, RouteDocs>>;

/** Adds the routes of the documentation, which covers these and all others. */
export const withDocumentation = (others: readonly Route[], publicUrl?: string): readonly Route[] => {
  let text: string | undefined;
  const all: readonly Route[] = [
    ...others,
    plainRoute('/openapi.json', documentationDocs.openApi, async () => {
      text ??= JSON.stringify(openApiDocument(all, publicUrl));
      return { status: 200, contentType: 'application/json; charset=utf-8', body: text };
    }),
    plainRoute('/docs', documentationDocs.page, docsPage),
    route({
      method: 'get',
      path: '/docs/:file',
      docs: documentationDocs.file,
      input: z.strictObject({
        file: z.string().meta({ description: 'The name of the file.', example: 'swagger-ui.css' }),
      }),
      handle: ({ file }) => docsFile(file),
    }),
  ];
  return all;
};
