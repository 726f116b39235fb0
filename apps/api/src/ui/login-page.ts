import { readFile } from 'node:fs/promises';
import { type Failure, fail } from '@tandem/shared/domain/failure/failure.ts';
import { definitionOf } from '@tandem/shared/domain/failure/failures.ts';
import type { Answer } from '../http/route.ts';

/** Scripts and styles are files of this server, and nothing is sent to another. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export type LoginPage = {
  /** The host of the issuer; undefined: people log in with API keys only. */
  readonly issuer: string | undefined;
  /** Our page that the login leads to. */
  readonly returnPath: string;
  /** What went wrong before. */
  readonly problem?: Failure | undefined;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A page that works by keyboard and screen reader, and without a script as far as the issuer's login goes. Its links are relative. */
export const loginPage = ({ issuer, returnPath, problem, headers = {} }: LoginPage): Answer => ({
  status: problem === undefined ? 200 : (definitionOf(problem.code).http?.status ?? 500),
  ...(problem && { refusal: problem, logged: { code: problem.code } }),
  headers: { ...headers, 'Content-Security-Policy': POLICY },
  contentType: 'text/html; charset=utf-8',
  body: `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Tandem: sign in</title>
    <link rel="stylesheet" href="login/login.css" />
  </head>
  <body data-return-path="${escaped(`..${returnPath}`)}">
    <main>
      <h1>Tandem</h1>
      <p id="alert" role="alert">${escaped(problem?.message ?? '')}</p>
      <div id="signed-in" hidden>
        <p>Signed in as <strong id="who"></strong>.</p>
        <button type="button" id="sign-out">Sign out</button>
      </div>
      <div id="choices">${issuer === undefined ? '' : issuerChoice(issuer, returnPath)}
        <form id="key-form">
          <label for="key">API key</label>
          <input id="key" type="password" autocomplete="off" spellcheck="false" required />
          <button type="submit">Sign in with the key</button>
        </form>
      </div>
      <noscript><p>Signing in with an API key needs JavaScript.</p></noscript>
    </main>
    <script src="login/login.js"></script>
  </body>
</html>
`,
});

const issuerChoice = (issuer: string, returnPath: string): string => `
        <p class="choice">
          <a class="button" href="login/oidc?to=${encodeURIComponent(returnPath)}">Sign in at ${escaped(issuer)}</a>
        </p>`;

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

const files: ReadonlyMap<string, string> = new Map([
  ['login.js', 'text/javascript; charset=utf-8'],
  ['login.css', 'text/css; charset=utf-8'],
]);

/** ROUTE_NOT_FOUND: the page has no such file. */
export const loginFile = async (name: string): Promise<Answer> => {
  const contentType = files.get(name);
  if (contentType === undefined) throw fail('ROUTE_NOT_FOUND', 'The page at /ui/login has no file of that name.');
  return { status: 200, contentType, body: await readFile(new URL(`./page/${name}`, import.meta.url)) };
};
