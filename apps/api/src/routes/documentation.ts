import { z } from 'zod';
import { documentationDocs } from '../docs/documentation-docs.ts';
import { plainRoute, type Route, route } from '../http/route.ts';
import { docsFile, docsPage } from '../openapi/docs-page.ts';
import { openApiDocument } from '../openapi/document.ts';

/** What the API is: of all those routes, and of these themselves. */
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
      input: z.strictObject({ file: z.string().meta({ examples: ['swagger-ui.css'] }) }),
      handle: ({ file }) => docsFile(file),
    }),
  ];
  return all;
};
