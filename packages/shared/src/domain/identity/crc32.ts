const POLYNOMIAL = 0xedb88320;

/** The CRC-32 of ASCII text, as in zlib and PNG. */
export const crc32 = (text: string): number => {
  let crc = 0xffffffff;
  for (const character of text) {
    crc ^= character.charCodeAt(0);
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? POLYNOMIAL : 0);
  }
  return ~crc >>> 0;
};
