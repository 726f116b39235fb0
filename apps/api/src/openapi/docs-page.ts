import { readFile } from 'node:fs/promises';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import type { Answer } from '../http/route.ts';

/** Scripts and styles are files of this server; nothing else is run, sent or shown. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const ofPage = (name: string): URL => new URL(`./page/${name}`, import.meta.url);
const ofSwaggerUi = (name: string): URL => new URL(import.meta.resolve(`swagger-ui-dist/${name}`));

type File = { readonly url: URL; readonly contentType: string };

const files: ReadonlyMap<string, File> = new Map([
  ['start.js', { url: ofPage('start.js'), contentType: 'text/javascript; charset=utf-8' }],
  ['swagger-ui-bundle.js', { url: ofSwaggerUi('swagger-ui-bundle.js'), contentType: 'text/javascript; charset=utf-8' }],
  ['swagger-ui.css', { url: ofSwaggerUi('swagger-ui.css'), contentType: 'text/css; charset=utf-8' }],
  ['favicon-32x32.png', { url: ofSwaggerUi('favicon-32x32.png'), contentType: 'image/png' }],
]);

export const docsPage = async (): Promise<Answer> => ({
  status: 200,
  headers: { 'Content-Security-Policy': POLICY },
  contentType: 'text/html; charset=utf-8',
  body: await readFile(ofPage('index.html')),
});

/** ROUTE_NOT_FOUND: the page has no such file. */
export const docsFile = async (name: string): Promise<Answer> => {
  const file = files.get(name);
  if (file === undefined) throw fail('ROUTE_NOT_FOUND', `The page at /docs has no file of that name.`);
  return { status: 200, contentType: file.contentType, body: await readFile(file.url) };
};
