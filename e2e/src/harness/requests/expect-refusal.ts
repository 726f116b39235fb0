import { expect } from 'vitest';

type Answered = { readonly status: number; readonly contentType: string | null; readonly text: string };

/** Signs that an error was not answered by us: a web page, a stack, a path of this machine. */
const LEAKS = /<[a-z!/]|\n\s+at |node_modules|\.ts:|file:\/\/|\/apps\/|\/packages\//i;

/** The error body of /actuator/backup (docs/rest.md), and no more than that. Answers the detailed message. */
export const expectErrorBody = ({ status, contentType, text }: Answered, wanted: number, code: string): string => {
  expect({ status, contentType }, text).toEqual({ status: wanted, contentType: 'application/json; charset=utf-8' });
  const body = JSON.parse(text) as Record<string, unknown>;
  expect(body).toEqual({
    errorCode: code,
    errorMessage: expect.stringMatching(/^\S.*[.?]$/s),
    detailedMessage: expect.stringMatching(/^\S.*[.?]$/s),
  });
  expect(text).not.toMatch(LEAKS);
  return String(body.detailedMessage);
};

export const expectRefusal = (
  answer: { readonly status: number; readonly headers: Headers; readonly text: string },
  wanted: number,
  code: string,
): string => expectErrorBody({ ...answer, contentType: answer.headers.get('content-type') }, wanted, code);
