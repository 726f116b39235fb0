/** The key was not sent: over plain http everyone on the way could read it, and use it. */
export class InsecureAddressError extends Error {
  readonly url: string;

  constructor(url: string) {
    super(`The key is not sent to ${url}: http is not encrypted. Use https, or allow it explicitly.`);
    this.name = 'InsecureAddressError';
    this.url = url;
  }
}
