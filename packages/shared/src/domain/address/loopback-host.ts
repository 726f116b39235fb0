const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?|::ffff:127(?:\.\d{1,3}){3})$/i;

/** Whether an address to listen on is reached from this machine only. A name other than localhost is taken to be reached from others. */
export const isLoopbackHost = (host: string): boolean => LOOPBACK.test(host);
