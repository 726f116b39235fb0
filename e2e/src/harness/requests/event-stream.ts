export type StreamedEvent = {
  readonly id: string;
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
};

/** Follows a backup; `received` grows, `ended` resolves when the server or `leave` ends the stream. */
export const followEvents = async (
  address: string,
  backupId: string,
  lastEventId?: string,
  headers: Readonly<Record<string, string>> = {},
) => {
  const leaving = new AbortController();
  const response = await fetch(`${address}/api/v1/backups/${backupId}/events?stream`, {
    headers: { ...headers, ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) },
    signal: leaving.signal,
  });
  const received: StreamedEvent[] = [];
  const ended = collect(response, received).catch(() => undefined);
  return { response, received, ended, leave: () => leaving.abort() };
};

const collect = async (response: Response, received: StreamedEvent[]): Promise<void> => {
  let rest = '';
  for await (const text of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const blocks = `${rest}${text}`.split('\n\n');
    rest = blocks.pop() ?? '';
    received.push(...blocks.map(parsed).filter((event) => event !== undefined));
  }
};

const parsed = (block: string): StreamedEvent | undefined => {
  const [, id, kind, data] = /^id: (\d+)\nevent: (\S+)\ndata: (.*)$/.exec(block) ?? [];
  return data === undefined ? undefined : { id: id ?? '', kind: kind ?? '', data: JSON.parse(data) };
};
