/** An IPv4 address inside IPv6, as a socket that listens on `::` reports it. */
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

const GROUPS = 8;
const GROUPS_OF_NETWORK = 4;

/**
 * What counts as one sender when requests are limited by address: an IPv4 address, or the first 64 bits of an IPv6 address, since whoever has
 * one of these has all of them. Other texts stay as they are.
 */
export const networkOf = (address: string): string => {
  const [, mapped] = MAPPED.exec(address) ?? [];
  if (mapped !== undefined) return mapped;
  if (!address.includes(':')) return address;
  const [plain = ''] = address.split('%');
  return `${groupsOf(plain).slice(0, GROUPS_OF_NETWORK).join(':')}::/64`;
};

/** All eight groups, without leading zeros; `::` stands for as many zeros as are missing. */
const groupsOf = (address: string): readonly string[] => {
  const [head = '', tail] = address.split('::');
  const before = head.split(':').filter((group) => group !== '');
  const after = (tail ?? '').split(':').filter((group) => group !== '');
  const missing = tail === undefined ? 0 : Math.max(0, GROUPS - before.length - after.length);
  return [...before, ...Array.from({ length: missing }, () => '0'), ...after].map((group) =>
    group.replace(/^0+(?=.)/, '').toLowerCase(),
  );
};
