import { describe, expect, it } from 'vitest';
import { ReplyInvalid } from '../reply-fields.ts';
import { NotConnected, TimedOut } from '../transport/http-client.ts';
import { asEngineFailure, type CallContext, ErrorReply, engineFailure, retryAfterMs } from './failure.ts';

const context: CallContext = { call: 'info', url: 'http://engine:9200', secrets: ['canary'] };
const of = (call: CallContext['call']): CallContext => ({ ...context, call });

const response = (status: number, body: unknown, headers: Readonly<Record<string, unknown>> = {}): Error =>
  new ErrorReply({ status, body, headers });

describe('a failure of the engine', () => {
  it('has all that the engine said, in its data and in its message', () => {
    const said = { status: 500, type: 'x', reason: 'a canary', retryAfterMs: 5, nodes: ['n1', 'n2'] };
    const failure = engineFailure('ENGINE_FAILED', context, said);
    expect(failure.data).toStrictEqual({ ...said, call: 'info', reason: 'a ***' });
    expect(failure.message).toBe(
      'The engine at http://engine:9200 failed at the call (info · node n1, n2 · 500 · x · a ***).',
    );
  });

  it.each([{}, { type: '', reason: '' }, { type: 7, reason: undefined }])(
    'has nothing more where %j is said',
    (said) => {
      const failure = engineFailure('ENGINE_REFUSED', context, said);
      expect(failure.data).toStrictEqual({ call: 'info' });
      expect(failure.message).toBe('The engine at http://engine:9200 refused the call (info).');
    },
  );
});

describe('Retry-After', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');

  it.each<[unknown, number | undefined]>([
    ['7', 7_000],
    [' 7 ', 7_000],
    ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
    ['2026-01-01T00:01:00Z', 60_000],
    ['2026-01-01T00:01:00+00:00', 60_000],
    ['Wed, 31 Dec 2025 23:59:00 GMT', 0],
    ['Fri, 02 Jan 2026 00:00:00 GMT', 3_600_000],
    ['', undefined],
    ['  ', undefined],
    ['soon', undefined],
    ['in 5', undefined],
    [undefined, undefined],
    [['7', '8'], undefined],
  ])('%j is %s ms', (header, expected) => {
    expect(retryAfterMs(header, now)).toBe(expected);
  });

  it.each([
    [429, 7_000],
    [400, undefined],
    [500, undefined],
  ])('of a reply with status %i is %s', (status, expected) => {
    const failure = asEngineFailure(response(status, {}, { 'retry-after': '7' }), context);
    expect(failure.data.retryAfterMs).toBe(expected);
  });
});

describe('the reason in a reply', () => {
  const causes = (count: number) => Array.from({ length: count }, (_, at) => ({ reason: `cause ${at}` }));

  it.each<[string, unknown, string | undefined]>([
    ['is the text that stands in place of an error', 'no handler found', 'no handler found'],
    ['is the cause alone where the error has none', { caused_by: { reason: 'inside' } }, 'inside'],
    ['leaves out what is no text', { reason: 'outside', caused_by: { reason: 7 } }, 'outside'],
    ['leaves out a cause that is none', { reason: 'outside', suppressed: [null, { reason: 'a' }] }, 'outside: a'],
    [
      'has five causes without a count',
      { reason: 'outside', suppressed: causes(5) },
      'outside: cause 0: cause 1: cause 2: cause 3: cause 4',
    ],
    ['is unknown in an empty reply', undefined, undefined],
  ])('%s', (_, error, reason) => {
    expect(asEngineFailure(response(400, { error }), context).data.reason).toBe(reason);
  });
});

describe('a failed verification', () => {
  const silent = {
    type: 'repository_verification_exception',
    reason: "[backups] [[n2, 'NodeDisconnectedException: [n2][127.0.0.1:9302] disconnected']]",
    suppressed: [{ type: 'node_disconnected_exception', reason: 'x' }],
  };

  it.each<[string, CallContext['call'], object, string, readonly string[] | undefined]>([
    ['names the nodes that did not reply', 'verifyRepository', silent, 'ENGINE_TIMEOUT', ['n2']],
    ['is that of a verification alone', 'startSnapshot', silent, 'REPOSITORY_UNAVAILABLE', undefined],
    [
      'is not every error of a verification',
      'verifyRepository',
      { ...silent, type: 'repository_missing_exception' },
      'REPOSITORY_UNKNOWN',
      undefined,
    ],
  ])('%s', (_, call, error, code, nodes) => {
    const failure = asEngineFailure(response(500, { error }), of(call));
    expect(failure.code).toBe(code);
    expect(failure.data.nodes).toEqual(nodes);
  });
});

it.each<[string, unknown, string, object]>([
  ['a time limit of the client', new TimedOut('x'), 'ENGINE_TIMEOUT', {}],
  [
    'a broken connection',
    new NotConnected('other side closed'),
    'ENGINE_UNREACHABLE',
    {
      reason: expect.stringContaining('other side closed'),
    },
  ],
  [
    'a reply of another kind',
    new ReplyInvalid('found is missing'),
    'ENGINE_ANSWER_INVALID',
    {
      reason: 'found is missing',
    },
  ],
  ['an error of the client', new TypeError('odd'), 'ENGINE_ANSWER_INVALID', { type: 'TypeError', reason: 'odd' }],
  ['what is no error', 'odd', 'ENGINE_ANSWER_INVALID', { reason: 'odd' }],
])('%s has its code', (_, error, code, data) => {
  const failure = asEngineFailure(error, context);
  expect(failure.code).toBe(code);
  expect(failure.data).toStrictEqual({ call: 'info', ...data });
});
