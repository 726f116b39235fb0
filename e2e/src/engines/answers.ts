/** Requests that the engines answer differently, each by its name in docs/engines.md. */
type Question = { readonly name: string; readonly method?: string; readonly path: string; readonly read: Reading };
type Answer = { readonly status: number; readonly body: Record<string, unknown> };
type Reading = (answer: Answer) => string;

const reasonOf = ({ error }: Answer['body']): string =>
  typeof error === 'object' && error !== null && 'type' in error ? ` ${String(error.type)}` : '';
const outcome: Reading = ({ status, body }) => `${status}${status < 400 ? '' : reasonOf(body)}`;

type Listed = { readonly snapshots?: readonly Record<string, unknown>[] };
const listed: Reading = (answer) => {
  const count = (answer.body as Listed).snapshots?.length ?? 0;
  return answer.status === 200 ? `200, ${count} ${count === 1 ? 'snapshot' : 'snapshots'}` : outcome(answer);
};
const field =
  (name: string): Reading =>
  ({ body }) =>
    JSON.stringify((body as Listed).snapshots?.[0]?.[name] ?? 'absent');

/** Asked of a repository `asked` with two snapshots, `one` and `two`. */
const QUESTIONS: readonly Question[] = [
  { name: '`GET /`', path: '', read: outcome },
  { name: 'listing by a pattern without a match', path: '_snapshot/asked/none*', read: listed },
  { name: 'listing with an exclusion (`*,-one`)', path: '_snapshot/asked/*,-one', read: listed },
  { name: 'listing with `sort` and `size=1`', path: '_snapshot/asked/_all?sort=name&size=1', read: listed },
  {
    name: 'creating a snapshot under a name in use',
    ...{ method: 'PUT', path: '_snapshot/asked/one', read: outcome },
  },
  { name: "a snapshot's `version`", path: '_snapshot/asked/one', read: field('version') },
  { name: "a snapshot's `version_id`", path: '_snapshot/asked/one', read: field('version_id') },
  { name: "a snapshot's `feature_states`", path: '_snapshot/asked/one', read: field('feature_states') },
  {
    name: "the node's `index_version`",
    path: '_nodes/_local',
    read: ({ body }) => {
      const [node] = Object.values(body.nodes as Record<string, { index_version?: number }>);
      return String(node?.index_version ?? 'absent');
    },
  },
  { name: '`GET /_features`', path: '_features', read: outcome },
];

const ask = async (url: string, { method = 'GET', path }: Question): Promise<Answer> => {
  const response = await fetch(`${url}/${path}`, { method, signal: AbortSignal.timeout(30_000) });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true && text.startsWith('{');
  return { status: response.status, body: isJson ? (JSON.parse(text) as Answer['body']) : {} };
};

const put = async (url: string, path: string, body: object): Promise<void> => {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/${path}`, { method: 'PUT', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`PUT ${path} -> ${response.status} ${await response.text()}`);
};

/** What this engine answers to each question, in a repository made for them. */
export const answersOf = async (url: string, repositoriesPath: string): Promise<Readonly<Record<string, string>>> => {
  await put(url, '_snapshot/asked', { type: 'fs', settings: { location: `${repositoriesPath}/asked` } });
  await put(url, 'asked-data/_doc/1', { a: 1 });
  for (const name of ['one', 'two'])
    await put(url, `_snapshot/asked/${name}?wait_for_completion=true`, { indices: 'asked-data' });
  const answers: Record<string, string> = {};
  for (const question of QUESTIONS) answers[question.name] = question.read(await ask(url, question));
  return answers;
};
