import {
  LoginFile,
  LoginQuery,
  NewSession,
  Returned,
  Session,
  SessionEnd,
  SessionEnded,
} from '@tandem/shared/contract/sessions.ts';
import { z } from 'zod';
import { type Route, route } from '../http/route.ts';
import { content, json, type RouteDocs } from '../http/route-docs.ts';
import type { BrowserSessions } from '../ui/browser-sessions.ts';
import { loginFile } from '../ui/login-page.ts';

const page = content('text/html', 'The page.', z.string(), '<!doctype html>');
const file = z.string().meta({ description: 'The content of the file.' });
const elsewhere = { description: 'The browser is sent on.', content: {}, headers: ['Location', 'Set-Cookie'] } as const;

const loginDocs = {
  page: {
    id: 'readLoginPage',
    isPage: true,
    tag: 'Sessions',
    summary: 'The page to sign in with',
    description: 'For browsers: signs in at the issuer (OIDC_CLIENT_ID) or with an API key, and signs out.',
    answers: { 200: page },
    failures: [],
  },
  file: {
    id: 'readLoginFile',
    isPage: true,
    tag: 'Sessions',
    summary: 'A file of the login page',
    description: 'The script and the style that the page loads.',
    answers: {
      200: {
        description: 'The file.',
        content: {
          'text/css': { schema: file, example: 'body{}' },
          'text/javascript': { schema: file, example: 'start();' },
        },
        headers: [],
      },
    },
    failures: ['ROUTE_NOT_FOUND'],
  },
  start: {
    id: 'startLogin',
    isPage: true,
    tag: 'Sessions',
    summary: 'Send the browser to the issuer',
    description:
      'Begins a login: authorization code flow with PKCE. If the issuer cannot be reached, the login page says so.',
    answers: { 303: elsewhere },
    failures: ['ROUTE_NOT_FOUND'],
  },
  finish: {
    id: 'finishLogin',
    isPage: true,
    tag: 'Sessions',
    summary: 'Where the issuer sends the browser back to',
    description:
      'Register this URL at the issuer. Sets the cookie of a session, or shows the login page with what went wrong.',
    answers: { 303: elsewhere },
    failures: [],
  },
  create: {
    id: 'createSession',
    tag: 'Sessions',
    summary: 'Exchange an API key for a session',
    description:
      'Sets the cookie `tandem_session`, encrypted and not readable by scripts. It ends with the key, at the latest after 12 hours.',
    answers: {
      200: json(
        'The cookie is set.',
        Session,
        { name: 'nightly', role: 'operator', expiresAt: '2026-11-22T13:04:12.000Z' },
        'Set-Cookie',
      ),
    },
    failures: ['UNAUTHENTICATED', 'IDENTITY_UNAVAILABLE', 'TOO_MANY_REQUESTS'],
    body: { apiKey: 'tdm_4f9a2c7b_…' },
  },
  end: {
    id: 'endSession',
    tag: 'Sessions',
    summary: 'Sign out',
    description: 'Removes the cookie of the session.',
    answers: { 200: json('The cookie is removed.', SessionEnded, { continueAt: null }, 'Set-Cookie') },
    failures: [],
    body: {},
  },
} as const satisfies Readonly<Record<string, RouteDocs>>;

/** The pages that people sign in and out with. */
export const loginRoutes = (sessions: BrowserSessions): readonly Route[] => [
  route({
    method: 'get',
    path: '/ui/login',
    query: true,
    docs: loginDocs.page,
    input: LoginQuery,
    handle: ({ to }) => sessions.page(to),
  }),
  route({
    method: 'get',
    path: '/ui/login/oidc',
    query: true,
    docs: loginDocs.start,
    input: LoginQuery,
    handle: ({ to }, context) => sessions.start(to, context),
  }),
  route({
    method: 'get',
    path: '/ui/login/:file',
    docs: loginDocs.file,
    input: LoginFile,
    handle: ({ file }) => loginFile(file),
  }),
  route({
    method: 'get',
    path: '/ui/callback',
    query: true,
    docs: loginDocs.finish,
    input: Returned,
    handle: (returned, context) => sessions.finish(queryOf(returned), context),
  }),
  route({
    method: 'post',
    path: '/ui/session',
    readsOnly: true,
    docs: loginDocs.create,
    input: NewSession,
    handle: ({ apiKey }, context) => sessions.create(apiKey, context),
  }),
  route({
    method: 'post',
    path: '/ui/logout',
    readsOnly: true,
    docs: loginDocs.end,
    input: SessionEnd,
    handle: (_input, context) => sessions.end(context),
  }),
];

const queryOf = (returned: z.output<typeof Returned>): string => {
  const given = Object.entries(returned).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  return new URLSearchParams(given).toString();
};
