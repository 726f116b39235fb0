import { childrenOf, linesOf, type Node, type Source } from './source.ts';

export type MeasuredFunction = { readonly name: string; readonly node: Node; readonly lines: number };

const FUNCTIONS = new Set(['ArrowFunctionExpression', 'FunctionExpression', 'FunctionDeclaration']);
const NAMED = new Set(['VariableDeclarator', 'Property', 'MethodDefinition', 'PropertyDefinition']);

export const isFunction = (node: unknown): node is Node => FUNCTIONS.has((node as Node | null)?.type ?? '');

const nameIn = (node: Node): string => String((node.id as Node | null)?.name ?? (node.key as Node | null)?.name ?? '');

/** Functions with a name, nested ones too; a callback counts for the function that it is in, and a curried one once. */
export const functionsIn = ({ body, text }: Source): readonly MeasuredFunction[] => {
  const below = (node: Node): readonly MeasuredFunction[] => {
    const value = NAMED.has(node.type) ? (node.init ?? node.value) : node;
    const isNamed = isFunction(value) && (NAMED.has(node.type) || value.type === 'FunctionDeclaration');
    const own = isNamed ? [{ name: nameIn(node), node: value, lines: linesOf(text, node.start, node.end) }] : [];
    return [...own, ...childrenOf(node).flatMap(below)];
  };
  return body.flatMap(below);
};

/** Those that no other named function contains. */
export const outermost = (functions: readonly MeasuredFunction[]): readonly MeasuredFunction[] =>
  functions.filter(({ node }) => !functions.some((other) => other.node !== node && contains(other.node, node)));

export const contains = (outer: { start: number; end: number }, inner: { start: number; end: number }): boolean =>
  outer.start <= inner.start && inner.end <= outer.end;
