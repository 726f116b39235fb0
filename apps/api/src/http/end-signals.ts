import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Aborted once the response is closed or the process stops. Not AbortSignal.any: the signal it returns may be garbage-collected before it fires.
 */
export const endSignal = (response: ServerResponse, stopping: AbortSignal): AbortSignal => {
  const end = new AbortController();
  const abort = () => end.abort();
  stopping.addEventListener('abort', abort);
  response.on('close', () => {
    stopping.removeEventListener('abort', abort);
    abort();
  });
  if (stopping.aborted || response.closed) abort();
  return end.signal;
};

/** Also aborted when the client half-closes the connection: such clients have usually disconnected. */
export const orHalfClosed = (over: AbortSignal, socket: Socket): AbortSignal => {
  const end = new AbortController();
  const abort = () => {
    socket.off('end', abort);
    end.abort();
  };
  socket.on('end', abort);
  over.addEventListener('abort', abort);
  if (over.aborted || socket.readableEnded) abort();
  return end.signal;
};
