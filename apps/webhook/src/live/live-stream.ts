import type { Response } from 'express';
import type { Watcher } from './live-feed';

/** A page that takes less than is sent is cut off: it comes back, and begins with a snapshot. Bytes. */
const MOST_WAITING = 1_048_576;

/** One page's stream of server-sent events. */
export class LiveStream implements Watcher {
  constructor(private readonly response: Response) {
    response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      // nginx collects an answer before it passes it on, unless it is told not to.
      'X-Accel-Buffering': 'no',
    });
    response.flushHeaders();
  }

  send(event: string, data: object): void {
    if (this.response.writableLength > MOST_WAITING) this.end();
    else this.response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** Broken off and not finished: a finished answer counts as a request that took so long. */
  end(): void {
    this.response.destroy();
  }
}
