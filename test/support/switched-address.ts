import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

/** One address in front of several servers, like a load balancer or a DNS name: only new connections are redirected. */
export class SwitchedAddress {
  private readonly open = new Set<Socket>();
  private endsAt: string | null = null;

  private constructor(
    private readonly server: Server,
    private port: number,
  ) {
    server.on('connection', (near) => this.join(near));
  }

  /** @param port of the server that it leads to at first. */
  static async start(port: number): Promise<SwitchedAddress> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new SwitchedAddress(server, port);
  }

  get url(): string {
    return `redis://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** From now on it leads to another server; open connections stay where they are. */
  leadTo(port: number): void {
    this.port = port;
  }

  /** From the first request on that has this in it, which is not passed on, the address leads nowhere. */
  endAt(request: string): void {
    this.endsAt = request;
  }

  async stop(): Promise<void> {
    if (!this.server.listening) return;
    await new Promise((resolve) => {
      this.server.close(resolve);
      for (const socket of this.open) socket.destroy();
    });
  }

  private join(near: Socket): void {
    const far = connect(this.port, '127.0.0.1');
    near.on('data', (request) => {
      if (this.endsAt !== null && request.includes(this.endsAt)) this.stop().catch(() => undefined);
    });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.open.add(from);
      from
        .on('error', () => undefined)
        .on('close', () => {
          this.open.delete(from);
          to.destroy();
        });
      from.pipe(to);
    }
  }
}
