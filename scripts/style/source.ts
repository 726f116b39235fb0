import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseSync } from 'rolldown/utils';

/** A node of the ESTree that rolldown's parser (Oxc) returns; the kinds that are read here name their own fields. */
export type Node = { readonly type: string; readonly start: number; readonly end: number } & Readonly<
  Record<string, unknown>
>;
export type Comment = { readonly type: string; readonly value: string; readonly start: number; readonly end: number };

export type Source = {
  /** From the root of the checkout, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly body: readonly Node[];
  readonly comments: readonly Comment[];
};

const IGNORED = new Set(['node_modules', 'generated', '.turbo']);
const NO_PRODUCT = /\.(test|fixture)\.ts$|\.d\.ts$|\/conformance(\/|\.ts$)|-conformance\.ts$/;

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (IGNORED.has(name)) return [];
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });

/** What runs in production or offers it to others: `apps` and `packages` without tests, conformance suites, fixtures and generated code. */
export const productSources = (checkout: string): readonly Source[] =>
  ['apps', 'packages']
    .flatMap((area) => readdirSync(join(checkout, area)).map((name) => join(checkout, area, name, 'src')))
    .filter((folder) => existsSync(folder))
    .flatMap(filesBelow)
    .filter((file) => file.endsWith('.ts') && !NO_PRODUCT.test(file))
    .map((file) => sourceOf(relative(checkout, file).replaceAll('\\', '/'), readFileSync(file, 'utf8')));

/** Throws where the text is no TypeScript. */
export const sourceOf = (path: string, text: string): Source => {
  const { program, comments, errors } = parseSync(path, text, { lang: 'ts' });
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  return { path, text, body: program.body as unknown as readonly Node[], comments };
};

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

export const childrenOf = (node: Node): readonly Node[] => Object.values(node).flat().filter(isNode);

/** The node and all below it, outer ones first. */
export const allIn = (node: Node): readonly Node[] => [node, ...childrenOf(node).flatMap(allIn)];

export const linesOf = (text: string, from: number, to: number): number => text.slice(from, to).split('\n').length;
