/** Every exit code of `tandem`, and when it is used. docs/cli.md has the same table, which a test holds. */
export const EXIT_CODES = {
  ok: { code: 0, when: 'It is done. With `--wait`: it ended well.' },
  failed: { code: 1, when: 'The operation failed, or a check found something.' },
  usage: { code: 2, when: 'The command or the configuration is wrong. Nothing was done.' },
  notFound: { code: 3, when: 'What the command names does not exist.' },
  conflict: { code: 4, when: 'It conflicts with the current state, or is blocked.' },
  unreachable: {
    code: 5,
    when: 'Tandem or what it depends on cannot be reached, something could not be checked, or it refused with 5xx, or with 429 after the retries.',
  },
  notAllowed: { code: 6, when: 'The caller is not known, or its role does not allow it.' },
  timedOut: { code: 7, when: '`--timeout` passed. The operation continues.' },
  interrupted: {
    code: 130,
    when: 'Ctrl-C, or SIGTERM. What was requested continues; the message says how to follow it.',
  },
} as const;

export type ExitName = keyof typeof EXIT_CODES;

export const exitCode = (name: ExitName): number => EXIT_CODES[name].code;

const CLIENT_FAULTS: Readonly<Record<number, ExitName>> = {
  401: 'notAllowed',
  403: 'notAllowed',
  404: 'notFound',
  408: 'unreachable',
  409: 'conflict',
  410: 'notFound',
  412: 'conflict',
  421: 'notAllowed',
  423: 'conflict',
  429: 'unreachable',
};

/** Of a response with an error status. */
export const exitOfStatus = (status: number): ExitName =>
  CLIENT_FAULTS[status] ?? (status >= 500 || status < 400 ? 'unreachable' : 'usage');

/** What is between may say 404 of its own routes, which says nothing about a backup. Tandem's errors have a code. */
export const exitOfError = ({
  status,
  code,
}: {
  readonly status: number;
  readonly code: string | undefined;
}): ExitName => {
  const exit = exitOfStatus(status);
  return code === undefined && exit !== 'notAllowed' ? 'unreachable' : exit;
};
