type Schema = { readonly description?: string };
type Document = { readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> } };

const namesIn = (schema: Schema | undefined): readonly string[] =>
  [...JSON.stringify(schema ?? {}).matchAll(/"#\/components\/schemas\/([^"/]+)"/g)].map(([, name = '']) => name);

/** The document with every schema that contains itself, such as that of any JSON value, as one that says nothing: `unknown`. TypeScript refuses the types that openapi-typescript writes for them (TS2502). */
export const withoutRecursion = <D extends Document>(document: D): D => {
  const schemas = document.components?.schemas ?? {};
  const reached = (name: string): ReadonlySet<string> => {
    const found = new Set(namesIn(schemas[name]));
    for (const next of found) for (const further of namesIn(schemas[next])) found.add(further);
    return found;
  };
  const plain = Object.entries(schemas).map(([name, schema]) => {
    if (!reached(name).has(name)) return [name, schema] as const;
    const { description } = schema;
    return [name, { ...(description && { description }) }] as const;
  });
  return { ...document, components: { ...document.components, schemas: Object.fromEntries(plain) } };
};
