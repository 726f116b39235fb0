/** A browser without a screen: keeps cookies by host, and follows redirects. */
export type Browser = {
  readonly open: (url: string, form?: Readonly<Record<string, string>>) => Promise<Page>;
  /** The header `cookie` for a host. */
  readonly cookies: (host: string) => string;
};

export type Page = {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The address that the form on the page is sent to. */
  readonly action: string;
  /** Every header set-cookie on the way. */
  readonly setCookies: readonly string[];
};

const MAX_REDIRECTS = 10;

export const openBrowser = (): Browser => {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (host: string) => {
    const jar = jars.get(host) ?? new Map<string, string>();
    jars.set(host, jar);
    return jar;
  };
  const cookies = (host: string) => [...jarOf(host)].map(([name, value]) => `${name}=${value}`).join('; ');
  const keep = (host: string, header: string): void => {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
    if (/max-age=0\b|expires=Thu, 01 Jan 1970/i.test(header)) jarOf(host).delete(name);
    else jarOf(host).set(name, value);
  };
  const open: Browser['open'] = async (first, form) => {
    const setCookies: string[] = [];
    let url = new URL(first);
    let body = form && new URLSearchParams(form);
    for (let redirects = 0; redirects < MAX_REDIRECTS; redirects += 1) {
      const init = body ? { method: 'POST', body } : {};
      const headers = { cookie: cookies(url.host) };
      const response = await fetch(url, { ...init, headers, redirect: 'manual' });
      for (const header of response.headers.getSetCookie()) {
        setCookies.push(header);
        keep(url.host, header);
      }
      const location = response.headers.get('location');
      const text = await response.text();
      if (location === null || response.status < 300) {
        const action = /<form[^>]+action="([^"]+)"/.exec(text)?.[1] ?? '';
        return { url, status: response.status, headers: response.headers, text, action, setCookies };
      }
      url = new URL(location, url);
      body = undefined;
    }
    throw new Error(`More than ${MAX_REDIRECTS} redirects from ${first}.`);
  };
  return { open, cookies };
};
