import { posix } from 'node:path';
import { allIn, type Node, type Source } from './source.ts';

/** A property of a message in packages/shared/src/contract/. */
export type DescribedProperty = { readonly at: string; readonly isDescribed: boolean };

const CONTRACT = 'packages/shared/src/contract/';
const OBJECTS = new Set(['object', 'strictObject', 'looseObject', 'extend']);

/** Each property of each object that zod is given, and whether `.meta()` describes it: there, or where a schema that it names is declared. */
export const contractProperties = (sources: readonly Source[]): readonly DescribedProperty[] => {
  const contract = sources.filter(({ path }) => path.startsWith(CONTRACT));
  return contract.flatMap((source) =>
    source.body.flatMap(allIn).flatMap((node) => {
      const method = (node.callee as Node | undefined)?.property as Node | undefined;
      const [first] = (node.arguments ?? []) as readonly Node[];
      if (node.type !== 'CallExpression' || first?.type !== 'ObjectExpression') return [];
      if (!OBJECTS.has(String(method?.name))) return [];
      return propertiesOf(first).map(({ key, value }) => ({
        at: `${source.path}: ${String((key as Node).name)}`,
        isDescribed: isDescribed(value as Node, source, contract),
      }));
    }),
  );
};

const propertiesOf = (object: Node): readonly Node[] =>
  (object.properties as readonly Node[]).filter(({ type }) => type === 'Property');

/** Follows a chain of calls to its root: `count.nullable().meta({ description })` is described, and so is `count` where its declaration is. */
const isDescribed = (schema: Node, source: Source, contract: readonly Source[]): boolean => {
  if (schema.type === 'Identifier') return isDeclaredDescribed(String(schema.name), source, contract);
  if (schema.type === 'CallExpression') {
    const { callee, arguments: given } = schema as Node & { callee: Node; arguments: readonly Node[] };
    const isMeta = callee.type === 'MemberExpression' && (callee.property as Node).name === 'meta';
    return (isMeta && given.some(hasDescription)) || isDescribed(callee, source, contract);
  }
  if (schema.type === 'MemberExpression') return isDescribed(schema.object as Node, source, contract);
  if (schema.type === 'ArrowFunctionExpression') {
    return allIn(schema).some(isMetaCall) || isDescribed(schema.body as Node, source, contract);
  }
  return false;
};

const isMetaCall = (node: Node): boolean => {
  const { callee, arguments: given } = node as Node & { callee?: Node; arguments?: readonly Node[] };
  return (
    node.type === 'CallExpression' &&
    (callee?.property as Node | undefined)?.name === 'meta' &&
    (given ?? []).some(hasDescription)
  );
};

/** An argument that is no object, such as `meta(ofClass)`, counts as one that has it. */
const hasDescription = (given: Node): boolean =>
  given.type !== 'ObjectExpression' || propertiesOf(given).some(({ key }) => (key as Node).name === 'description');

const isDeclaredDescribed = (name: string, source: Source, contract: readonly Source[]): boolean => {
  const declared = source.body.flatMap(declarationsIn).find(({ id }) => namesIn(id as Node).includes(name));
  if (declared !== undefined) {
    // taken out of another message, where it is counted
    if ((declared.id as Node).type === 'ObjectPattern') return true;
    return isDescribed(declared.init as Node, source, contract);
  }
  const from = source.body.find(
    ({ type, specifiers }) =>
      type === 'ImportDeclaration' &&
      (specifiers as readonly Node[]).some(({ local }) => (local as Node).name === name),
  );
  const path = posix.join(posix.dirname(source.path), String((from?.source as Node | undefined)?.value ?? ''));
  const other = contract.find((file) => file.path === path);
  return other !== undefined && isDeclaredDescribed(name, other, contract);
};

const declarationsIn = (statement: Node): readonly Node[] =>
  ((statement.type === 'ExportNamedDeclaration' ? (statement.declaration as Node | null) : statement)?.declarations ??
    []) as readonly Node[];

const namesIn = (pattern: Node): readonly string[] =>
  pattern.type === 'ObjectPattern'
    ? (pattern.properties as readonly Node[]).map(({ value, argument }) => String(((value ?? argument) as Node).name))
    : [String(pattern.name)];
