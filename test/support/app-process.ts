import { join, resolve } from 'node:path';
import { Child } from './child';
import { STUCK_MS } from './eventually';
import { freePort } from './free-port';

const START_MS = 90_000;
const POLL_MS = 50;

const APPS = {
  webhook: { entry: 'dist/apps/webhook/src/main.js', portVariable: 'PORT' },
  batcher: { entry: 'dist/apps/batcher/src/main.js', portVariable: 'BATCHER_PORT' },
  worker: { entry: 'dist/apps/worker/src/main.js', portVariable: 'WORKER_PORT' },
  assistant: { entry: 'dist/apps/assistant/src/main.js', portVariable: 'ASSISTANT_PORT' },
  all: { entry: 'dist/src/main.js', portVariable: 'PORT' },
  // The crash storm's control, not an application of ours.
  'read-then-delete': { entry: 'test/chaos/read-then-delete.cjs', portVariable: 'BATCHER_PORT' },
} as const;

export type AppName = keyof typeof APPS;

/** One of our built applications as a real process on its own port. */
export class AppProcess {
  private child!: Child;

  private constructor(
    readonly name: AppName,
    private readonly port: number,
    private readonly env: Record<string, string>,
    private readonly cwd: string | undefined,
  ) {}

  /**
   * Resolves once the application reports that it is ready.
   *
   * @param cwd where it looks for its `.env`; default: the directory of the test.
   */
  static async start(name: AppName, env: Record<string, string>, cwd?: string): Promise<AppProcess> {
    const app = await AppProcess.launch(name, env, cwd);
    await app.ready();
    return app;
  }

  /** Starts an application that is not expected to become ready; on a free port, unless its variables name one. */
  static async launch(name: AppName, env: Record<string, string>, cwd?: string): Promise<AppProcess> {
    const port = Number(env[APPS[name].portVariable] ?? (await freePort()));
    const app = new AppProcess(name, port, env, cwd);
    app.spawn();
    return app;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get lines(): readonly string[] {
    return this.child.lines;
  }

  /** Resolves with the exit code; null if a signal ended it. */
  get exited(): Promise<number | null> {
    return this.child.exited;
  }

  get hasExited(): boolean {
    return this.child.hasExited;
  }

  waitForLine(pattern: RegExp, timeoutMs = STUCK_MS): Promise<string> {
    return this.child.waitForLine(pattern, timeoutMs);
  }

  signal(signal: NodeJS.Signals): void {
    this.child.signal(signal);
  }

  /** Kills it without warning. */
  kill(): Promise<void> {
    return this.child.kill();
  }

  /** Asks it to end; resolves with its exit code. */
  terminate(): Promise<number | null> {
    this.child.signal('SIGTERM');
    return this.child.exited;
  }

  /** Kills it if it still runs, then starts it again on the same port with the same environment. */
  async restart(): Promise<void> {
    if (!this.child.hasExited) await this.kill();
    this.spawn();
    await this.ready();
  }

  /** Resolves once `/health/ready` answers 200. */
  async ready(): Promise<void> {
    const deadline = Date.now() + START_MS;
    while (Date.now() < deadline && !this.child.hasExited) {
      const answer = await fetch(`${this.url}/health/ready`).catch(() => null);
      if (answer?.ok) return;
      await new Promise((done) => setTimeout(done, POLL_MS));
    }
    throw this.child.failure('did not become ready');
  }

  private spawn(): void {
    const { portVariable } = APPS[this.name];
    this.child = new Child(this.name, process.execPath, programOf(this.name), {
      ...(this.cwd === undefined ? {} : { cwd: this.cwd }),
      env: {
        PATH: process.env.PATH,
        REDIS_SERVER: process.env.REDIS_SERVER,
        RAPID_FIRE_TEST_RUN: process.env.RAPID_FIRE_TEST_RUN,
        NODE_ENV: 'test',
        [portVariable]: String(this.port),
        ...this.env,
      },
    });
  }
}

/** Has a test file drive the applications as they are shipped, also in a run that drives bundles. */
export function driveAsShipped(): void {
  delete process.env.RAPID_FIRE_BUNDLES;
}

/** Node's arguments: the application as it is built, or bundled if the run sets `RAPID_FIRE_BUNDLES`. */
function programOf(name: AppName): string[] {
  const { RAPID_FIRE_BUNDLES: bundles } = process.env;
  if (bundles !== undefined && name !== 'read-then-delete')
    return [join(__dirname, 'bundle.cjs'), join(bundles, `${name}.js`)];
  return ['--enable-source-maps', resolve(__dirname, '../..', APPS[name].entry)];
}
