type Schema = { [keyword: string]: unknown };

const OF_TEXT = ['type', 'pattern', 'minLength', 'maxLength', 'default'];

/** For `.meta()`: how the API's description shows a text that is read as something else, instead of as any text. */
export const shownAs = (schema: Schema) => ({
  override: ({ jsonSchema }: { readonly jsonSchema: object }): void => {
    for (const keyword of OF_TEXT) delete (jsonSchema as Schema)[keyword];
    Object.assign(jsonSchema, schema);
  },
});
