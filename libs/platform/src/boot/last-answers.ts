import type { RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** So long a connection that has brought no request yet is left to bring one once the server is told to close, ms. */
const UNUSED_MS = 1_000;

/**
 * Lets a server end while its clients keep connections open: once it is told to close, every answer is the last of its
 * connection. A server only waits for connections to end, and a gateway never ends a busy one. Nor does Node close a
 * connection that was never used, which browsers and proxies open in advance.
 */
export class LastAnswers {
  private readonly unused = new Set<Socket>();
  private readonly open = new Set<ServerResponse>();
  private closing = false;

  /** For the server's event `connection`. */
  readonly connected = (socket: Socket): void => {
    this.unused.add(socket);
    socket.once('close', () => this.unused.delete(socket));
    if (this.closing) socket.setTimeout(UNUSED_MS);
  };

  /** The first of the server's listeners, so that no answer is under way yet. */
  readonly listener: RequestListener = ({ socket }, response) => {
    if (this.unused.delete(socket)) socket.setTimeout(0);
    if (this.closing) response.shouldKeepAlive = false;
    this.open.add(response);
    response.once('close', () => this.open.delete(response));
  };

  /** From now on, and for what is being answered. */
  begin(): void {
    this.closing = true;
    for (const socket of this.unused) socket.setTimeout(UNUSED_MS);
    for (const response of this.open) response.shouldKeepAlive = false;
  }
}
