import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import type { AppProcess } from './app-process';
import { STUCK_MS } from './eventually';

/** Clients that know our address and nothing else, each on its own connection. */
export class Strangers {
  private readonly sockets: Socket[] = [];

  constructor(private readonly webhook: AppProcess) {}

  /**
   * Each posts a body and keeps back its last byte. Resolves once each has sent its part, or has been
   * answered.
   *
   * @returns the status that each received, null for those without an answer.
   */
  post(
    howMany: number,
    path: string,
    headers: Record<string, string>,
    body: Buffer,
  ): Promise<(number | null)[]> {
    const head = Object.entries({ host: 'x', 'content-type': 'application/json', ...headers });
    const lines = [`POST ${path} HTTP/1.1`, ...head.map(([name, value]) => `${name}: ${value}`)];
    const request = `${lines.join('\r\n')}\r\ncontent-length: ${body.length + 1}\r\n\r\n`;
    return Promise.all(Array.from({ length: howMany }, () => this.sendAllButTheEnd(request, body)));
  }

  leave(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  private sendAllButTheEnd(request: string, body: Buffer): Promise<number | null> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(new URL(this.webhook.url).port), '127.0.0.1');
      const timer = setTimeout(() => reject(new Error('neither taken nor answered')), STUCK_MS);
      const done = (status: number | null): void => {
        clearTimeout(timer);
        resolve(status);
      };
      this.sockets.push(socket);
      socket.once('data', (answer: Buffer) => done(Number(answer.toString().split(' ')[1])));
      // A client that is answered before the end of its body may find the connection gone.
      socket.on('error', () => done(null));
      socket.on('close', () => done(null));
      socket.write(request);
      // An answer that is on its way comes first.
      socket.write(body, () => setTimeout(() => done(null), 1_000));
    });
  }
}

/** The peak memory of a process since it began, bytes; null if the system does not report it. */
export async function peakMemory({ pid }: AppProcess): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}
