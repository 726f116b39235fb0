import { type Failure, fail } from '@tandem/shared/domain/failure/failure.ts';

export const tooLarge = (limitBytes: unknown): Failure =>
  fail('BODY_TOO_LARGE', `The body may have at most ${limitBytes} bytes, decompressed.`);

/** What the web framework rejects before a handler is called: a body that does not parse, a path that does not decode. */
export const frameworkFailure = (error: unknown, contentEncoding?: string): Failure | undefined => {
  const { type, status, limit } = (error ?? {}) as { type?: unknown; status?: unknown; limit?: unknown };
  if (type === 'entity.too.large') return tooLarge(limit);
  const encoding = JSON.stringify(contentEncoding?.slice(0, 50));
  if (type === 'encoding.unsupported') {
    return fail(
      'MEDIA_TYPE_UNSUPPORTED',
      `The header content-encoding is ${encoding}. Send the body uncompressed, or with gzip, deflate or br.`,
    );
  }
  if (type === 'entity.parse.failed')
    return fail('REQUEST_INVALID', 'The body must be a JSON object, well-formed and in UTF-8.');
  if (error instanceof URIError) return fail('REQUEST_INVALID', 'The path is not percent-encoded UTF-8.');
  // errors of zlib have a code, and no type
  if (status === 400 && type === undefined && contentEncoding !== undefined) {
    return fail(
      'REQUEST_INVALID',
      `The body cannot be decompressed: it is not in content-encoding ${encoding}, or truncated.`,
    );
  }
  return typeof status === 'number' && status >= 400 && status < 500
    ? fail('REQUEST_INVALID', 'The request could not be read.', { type: String(type ?? 'unknown') })
    : undefined;
};
