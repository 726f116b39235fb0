import { z } from 'zod';
import { content, json, type RouteDocs } from '../http/route-docs.ts';

const file = z.string().meta({ description: 'The bytes of the file.' });

export const documentationDocs = {
  openApi: {
    id: 'readOpenApi',
    tag: 'Documentation',
    summary: 'This description, in OpenAPI 3.1',
    answers: {
      200: json('The description.', z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) }), {
        openapi: '3.1.1',
        paths: {},
      }),
    },
    failures: [],
  },
  page: {
    id: 'readDocs',
    tag: 'Documentation',
    summary: 'This description, to read and to try',
    description: 'A page that loads nothing from elsewhere.',
    answers: { 200: content('text/html', 'The page.', z.string(), '<!doctype html>') },
    failures: [],
  },
  file: {
    id: 'readDocsFile',
    tag: 'Documentation',
    summary: 'A file of the page',
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
