type Operation = { readonly parameters?: readonly { readonly name?: string; readonly $ref?: string }[] };
type Document = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };

const takesKey = ({ parameters = [] }: Operation): boolean =>
  parameters.some(({ name, $ref }) => [name, $ref?.split('/').at(-1)].includes('Idempotency-Key'));

/** A module with the requests of an OpenAPI document that take an idempotency key, as `POST /path/{parameter}`. */
export const idempotentRequests = (document: string): string => {
  const { paths } = JSON.parse(document) as Document;
  const requests = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => takesKey(operation))
      .map(([method]) => `${method.toUpperCase()} ${path}`),
  );
  const lines = requests.toSorted().map((request) => `    "${request}",\n`);
  return `export const IDEMPOTENT_REQUESTS: ReadonlySet<string> = new Set([\n${lines.join('')}]);\n`;
};
