import { omitUndefined } from '../domain/omit-undefined.ts';

type Schema = { [keyword: string]: unknown; readonly examples?: unknown[] };

const OF_TEXT = ['type', 'pattern', 'minLength', 'maxLength', 'default'];

/** For `.meta()`: how the API's description shows a text that is read as something else, instead of as any text. */
export const shownAs = (schema: Schema) => ({
  // as meta too, for whoever reads it from the schema: zod leaves it out where the text is transformed
  ...omitUndefined({ examples: schema.examples }),
  override: ({ jsonSchema }: { readonly jsonSchema: object }): void => {
    for (const keyword of OF_TEXT) delete (jsonSchema as Schema)[keyword];
    Object.assign(jsonSchema, schema);
  },
});
