/** The pages that a login may lead to. A path of ours only, so that a link to the login cannot lead to another site. */
const OURS = /^\/(?:ui|docs)(?:\/[\w.~!$&'()*+,;=:@%/-]*)?(?:\?[\w.~!$&'()*+,;=:@%/?-]*)?$/;

export const DEFAULT_RETURN_PATH = '/ui/login';

/** Where a login leads: to the given path if it is one of our pages, otherwise to the login page, which says who is logged in. */
export const returnPath = (given: string | undefined): string => {
  if (given === undefined || !OURS.test(given)) return DEFAULT_RETURN_PATH;
  const { origin, pathname, search } = new URL(given, 'http://tandem.invalid');
  const isOurs = origin === 'http://tandem.invalid' && OURS.test(pathname);
  return isOurs ? `${pathname}${search}` : DEFAULT_RETURN_PATH;
};
