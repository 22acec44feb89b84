import type { RequestListener, ServerResponse } from 'node:http';

/**
 * Lets a server end while its clients keep their connections busy: once it is told to close, every answer is the last
 * of its connection. A server only waits for connections to end, and a gateway never ends a busy one.
 */
export class LastAnswers {
  private readonly open = new Set<ServerResponse>();
  private closing = false;

  /** The first of the server's listeners, so that no answer is under way yet. */
  readonly listener: RequestListener = (_request, response) => {
    if (this.closing) response.shouldKeepAlive = false;
    this.open.add(response);
    response.once('close', () => this.open.delete(response));
  };

  /** From now on, and for what is being answered. */
  begin(): void {
    this.closing = true;
    for (const response of this.open) response.shouldKeepAlive = false;
  }
}
