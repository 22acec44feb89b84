import type { IncomingMessage, ServerResponse } from 'node:http';
import { ProblemException } from './problem';

const RETRY_AFTER_S = 2;

/**
 * Bounds the memory that strangers can use: a signature over a body proves its sender only once the whole body is there.
 *
 * Beyond the bound, the request that holds most is ended. A gateway's message is a few KB, so it passes in the middle of a
 * flood of large bodies, and many slow senders of small bodies hold little.
 */
export class UnprovenBodies {
  private readonly held = new Map<IncomingMessage, { bytes: number; evict: () => void }>();
  private bytes = 0;

  constructor(private readonly maxBytes: number) {}

  /**
   * Reads a body whose sender is not known yet.
   *
   * @param read attaches its listeners before it returns.
   * @throws ProblemException 503 if this body is ended; its connection is closed.
   */
  during<T>(request: IncomingMessage, response: ServerResponse, read: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const body = {
        bytes: 0,
        evict: (): void => {
          this.release(request);
          // What the reader has is freed with the connection; until then it gets no more.
          request.pause();
          response.shouldKeepAlive = false;
          reject(givenWay());
        },
      };
      this.held.set(request, body);
      request.on('data', (chunk: Buffer) => {
        if (this.held.get(request) !== body) return;
        body.bytes += chunk.length;
        this.bytes += chunk.length;
        if (this.bytes > this.maxBytes) this.largest()?.evict();
      });
      void read()
        .then(resolve, reject)
        .finally(() => this.release(request));
    });
  }

  private largest(): { evict: () => void } | undefined {
    return [...this.held.values()].reduce((most, each) => (each.bytes > most.bytes ? each : most));
  }

  private release(request: IncomingMessage): void {
    this.bytes -= this.held.get(request)?.bytes ?? 0;
    this.held.delete(request);
  }
}

function givenWay(): ProblemException {
  const detail = 'Too many large bodies are being sent by senders not known yet. Send this again.';
  return new ProblemException(503, { detail }, RETRY_AFTER_S);
}
