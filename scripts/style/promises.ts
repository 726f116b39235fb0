import { isFunction } from './functions.ts';
import type { Comment, Node, Source } from './source.ts';

/** A function that other packages call: a member of a port, or a policy, a pure rule that packages/shared/src/domain exports. */
export type Promised = {
  readonly at: string;
  readonly kind: 'port' | 'policy';
  /** The doc comment right above it; undefined: there is none. */
  readonly comment: string | undefined;
};

const PORT = /^packages\/(engine|history|queue)\/src\/(.*\/)?(ports\/.*|port|.*-port)\.ts$/;
const POLICY = /^packages\/shared\/src\/domain\//;

export const promisedIn = (sources: readonly Source[]): readonly Promised[] =>
  sources.flatMap((source) => {
    if (PORT.test(source.path)) return [...membersOfPort(source), ...exportedFunctions(source, 'port')];
    return POLICY.test(source.path) ? exportedFunctions(source, 'policy') : [];
  });

/** A doc comment that ends where the node begins, with nothing but space in between. */
const docAbove = ({ text, comments }: Source, { start }: Node): Comment | undefined =>
  comments.find(
    ({ type, value, end }) =>
      type === 'Block' && value.startsWith('*') && end <= start && text.slice(end, start).trim() === '',
  );

const promised = (source: Source, kind: Promised['kind'], name: string, node: Node): Promised => ({
  at: `${source.path}: ${name}`,
  kind,
  comment: docAbove(source, node)
    ?.value.replace(/^\s*\*/gm, ' ')
    .trim(),
});

/** `export const rule = (…) => …` and `export function rule(…)`. */
const exportedFunctions = (source: Source, kind: Promised['kind']): readonly Promised[] =>
  source.body.flatMap((statement) => {
    const declaration = statement.declaration as Node | null;
    if (statement.type !== 'ExportNamedDeclaration' || !declaration) return [];
    if (declaration.type === 'FunctionDeclaration') return [promised(source, kind, nameOf(declaration.id), statement)];
    const declared = (declaration.declarations ?? []) as readonly Node[];
    return declared
      .filter(({ init }) => isFunction(init))
      .map(({ id }) => promised(source, kind, nameOf(id), statement));
  });

/** Methods, and properties whose type is a function, of the types and interfaces that a port exports. */
const membersOfPort = (source: Source): readonly Promised[] =>
  source.body.flatMap((statement) => {
    const declaration = statement.declaration as Node | null;
    if (statement.type !== 'ExportNamedDeclaration' || !declaration) return [];
    const type = (declaration.body ?? declaration.typeAnnotation) as Node | undefined;
    if (declaration.type === 'TSTypeAliasDeclaration' && type?.type === 'TSFunctionType') {
      return [promised(source, 'port', nameOf(declaration.id), statement)];
    }
    return membersOf(type)
      .filter(isCallable)
      .map((member) => promised(source, 'port', `${nameOf(declaration.id)}.${nameOf(member.key)}`, member));
  });

const membersOf = (type: Node | undefined): readonly Node[] => {
  if (type?.type === 'TSInterfaceBody') return type.body as readonly Node[];
  if (type?.type === 'TSTypeLiteral') return type.members as readonly Node[];
  return type?.type === 'TSIntersectionType' ? (type.types as readonly Node[]).flatMap(membersOf) : [];
};

const isCallable = (member: Node): boolean => {
  if (member.type === 'TSMethodSignature') return true;
  const annotation = (member.typeAnnotation as Node | null)?.typeAnnotation as Node | undefined;
  return member.type === 'TSPropertySignature' && annotation?.type === 'TSFunctionType';
};

const nameOf = (node: unknown): string => String((node as { name?: unknown } | null)?.name ?? 'default');
