import { z } from 'zod';

type Path = readonly PropertyKey[];

/** What a schema wraps around the one that says what the field is. */
const innerOf = (schema: z.core.$ZodType): z.core.$ZodType | undefined => {
  if (schema instanceof z.ZodPipe) return schema.in;
  const isWrapper =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodReadonly;
  return isWrapper ? schema.def.innerType : undefined;
};

const unwrapped = (schema: z.core.$ZodType): z.core.$ZodType => {
  const inner = innerOf(schema);
  return inner === undefined ? schema : unwrapped(inner);
};

const fieldIn = (schema: z.core.$ZodType, name: PropertyKey): z.core.$ZodType | undefined => {
  const container = unwrapped(schema);
  if (container instanceof z.ZodObject) return container.shape[String(name)];
  if (container instanceof z.ZodArray) return container.element;
  if (container instanceof z.ZodRecord) return container.valueType;
  return undefined;
};

/** The schema of a field. Undefined: the path leads through a schema that has no fields, such as a union. */
export const fieldAt = (schema: z.core.$ZodType, path: Path): z.core.$ZodType | undefined =>
  path.reduce<z.core.$ZodType | undefined>((at, name) => (at === undefined ? undefined : fieldIn(at, name)), schema);

/** The names of the fields that an object takes; of another schema none. */
export const fieldsOf = (schema: z.core.$ZodType | undefined): readonly string[] => {
  const container = schema === undefined ? undefined : unwrapped(schema);
  return container instanceof z.ZodObject ? Object.keys(container.shape) : [];
};

/** The example in the meta of a field, of the outermost schema that has one; else made of those of its fields. */
export const exampleIn = (schema: z.core.$ZodType | undefined): unknown => {
  if (schema === undefined) return undefined;
  const { example, examples } = z.globalRegistry.get(schema) ?? {};
  const [first] = Array.isArray(examples) ? examples : [];
  return example ?? first ?? exampleIn(innerOf(schema)) ?? exampleOfParts(schema);
};

const exampleOfParts = (schema: z.core.$ZodType): unknown => {
  if (schema instanceof z.ZodArray) {
    const element = partExample(schema.element);
    return element === undefined ? undefined : [element];
  }
  if (!(schema instanceof z.ZodObject)) return undefined;
  const required = Object.entries<z.ZodType>(schema.shape).filter(([, field]) => !field.safeParse(undefined).success);
  const fields = required.map(([name, field]) => [name, partExample(field)] as const);
  return fields.length === 0 || fields.some(([, value]) => value === undefined)
    ? undefined
    : Object.fromEntries(fields);
};

/** Of a list of values the sentence has all, unless it is about what holds them. */
const partExample = (schema: z.core.$ZodType): unknown =>
  exampleIn(schema) ?? (schema instanceof z.ZodEnum ? schema.options[0] : undefined);

export const inputAt = (input: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[name] : undefined),
    input,
  );
