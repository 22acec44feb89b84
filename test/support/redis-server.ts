import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from './child';
import { freePort } from './free-port';
import { redisBinary } from './redis-binary';

const START_MS = 60_000;
/** Printed once the data are loaded and the port answers. */
const READY = /Ready to accept connections/;

export interface RedisServerOptions {
  /** Path of a server other than this machine's. */
  binary?: string;
  /** Further arguments of the server; the last one counts. */
  args?: readonly string[];
  /** Keeps an append-only file, written through at every command; default false. */
  appendonly?: boolean;
  /** Environment variables in addition to those of the test. */
  env?: Record<string, string>;
  /** Runs as a node of a cluster. */
  cluster?: { nodeTimeoutMs: number };
}

/** A real redis-server for one test: on loopback, on its own port, with its data in a temporary directory. */
export class RedisServer {
  private child!: Child;

  private constructor(
    readonly port: number,
    /** The port on which nodes of a cluster talk; unused otherwise. */
    readonly busPort: number,
    private readonly directory: string,
    private readonly options: RedisServerOptions,
  ) {}

  /** Resolves once the server answers. */
  static async start(options: RedisServerOptions = {}): Promise<RedisServer> {
    const directory = await mkdtemp(join(tmpdir(), 'rapid-fire-redis-'));
    const server = new RedisServer(await freePort(), await freePort(), directory, options);
    await server.run();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  get isRunning(): boolean {
    return !this.child.hasExited;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** SIGKILL: data not yet written to disk are lost. */
  kill(): Promise<void> {
    return this.child.kill();
  }

  /** SIGSTOP: connections stay open and nothing answers. */
  pause(): void {
    this.child.signal('SIGSTOP');
  }

  resume(): void {
    this.child.signal('SIGCONT');
  }

  /** Kills it if it still runs, then starts it on the same port with the same data. */
  async restart(): Promise<void> {
    if (!this.child.hasExited) await this.kill();
    await this.run();
  }

  /** Ends the server and removes its data. */
  async stop(): Promise<void> {
    await this.child.kill();
    await rm(this.directory, { recursive: true, force: true });
  }

  private async run(): Promise<void> {
    const { args = [], appendonly = false, cluster, env, binary = redisBinary() } = this.options;
    const given = [
      ...['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.directory, '--save', ''],
      ...['--appendonly', appendonly ? 'yes' : 'no', '--appendfsync', 'always'],
      // Its title would overwrite the environment by which a process is recognised as part of this run.
      ...['--set-proc-title', 'no'],
      // Otherwise a replica's first copy begins 5 s late, in the hope of more replicas.
      ...['--repl-diskless-sync-delay', '0'],
      ...(cluster
        ? [
            ...['--cluster-enabled', 'yes', '--cluster-port', String(this.busPort)],
            ...['--cluster-node-timeout', String(cluster.nodeTimeoutMs)],
          ]
        : []),
      ...args,
    ];
    const options = env ? { env: { ...process.env, ...env } } : {};
    this.child = new Child(`redis-server on ${this.port}`, binary, given, options);
    await this.child.waitForLine(READY, START_MS);
  }
}
