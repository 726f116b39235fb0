import { expect, it } from 'vitest';
import { contentTypeProblem } from './media-type.ts';

it.each([
  'application/json',
  'Application/JSON',
  'application/json;charset=utf-8',
  'application/json; charset=UTF8',
  'application/json; charset="UTF-8"',
  'application/json; profile=x; charset=utf8',
  'application/vnd.spring-boot.actuator.v3+json',
  'application/vnd.example+json; charset=UTF-8',
])('takes %s', (header) => {
  expect(contentTypeProblem(header)).toBeUndefined();
});

const ALLOWED = 'Send application/json, or a vendor type such as application/vnd.example+json, in UTF-8.';

it.each([
  [undefined, 'The header content-type is missing.'],
  ['', 'The header content-type is missing.'],
  ['text/plain', 'The header content-type is "text/plain".'],
  ['text/json; charset=utf-8', 'The header content-type is "text/json; charset=utf-8".'],
  ['application/json-patch+json', 'The header content-type is "application/json-patch+json".'],
  ['application/vnd.+json', 'The header content-type is "application/vnd.+json".'],
  ['application/xml, application/json', 'The header content-type is "application/xml, application/json".'],
  ['application/json; charset=iso-8859-1', 'The charset of the header content-type is "iso-8859-1".'],
  ['application/json; charset=utf-16', 'The charset of the header content-type is "utf-16".'],
])('names what was found and what is allowed: %s', (header, found) => {
  expect(contentTypeProblem(header)).toBe(`${found} ${ALLOWED}`);
});

it('shows a long one in part', () => {
  expect(contentTypeProblem(`text/${'x'.repeat(5_000)}`)?.length).toBeLessThan(300);
});
