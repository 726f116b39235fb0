/**
 * `unreachable`: no connection, or it broke; `timeout`: no response in time; `tls`: one side did not accept the certificate of the other, or the
 * server does not speak TLS.
 */
export type NetworkProblem = 'unreachable' | 'timeout' | 'tls';

type Facts = { readonly problem: NetworkProblem; readonly mayHaveArrived: boolean; readonly cause?: unknown };

/** There is no response. */
export class NetworkError extends Error {
  readonly problem: NetworkProblem;
  /** The server may have received the request, and may carry it out. False: no connection was made, or it was a read. */
  readonly mayHaveArrived: boolean;

  constructor(message: string, { problem, mayHaveArrived, cause }: Facts) {
    super(message, { cause });
    this.name = 'NetworkError';
    this.problem = problem;
    this.mayHaveArrived = mayHaveArrived;
  }
}
