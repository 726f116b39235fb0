import { Agent, request } from 'node:http';

export type Reply = { readonly status: number; readonly body: unknown };

export type KeepAliveClient = {
  /** A string body is sent as it is. Waits for the response without a limit. */
  send(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: object | string): Promise<Reply>;
  close(): void;
};

const bodyText = (body: object | string | undefined): string | undefined =>
  typeof body === 'object' ? JSON.stringify(body) : body;

/** One keep-alive connection per server; one request at a time. All contenders whose times are compared use the same client. */
export const keepAliveClient = (): KeepAliveClient => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const send: KeepAliveClient['send'] = (method, url, body) => {
    const { promise, resolve, reject } = Promise.withResolvers<Reply>();
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const sent = request(url, { agent, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: text === '' ? '' : JSON.parse(text) }),
      );
    });
    sent.on('error', reject);
    sent.end(bodyText(body));
    return promise;
  };
  return { send, close: () => agent.destroy() };
};
