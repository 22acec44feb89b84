import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Child } from './child';
import { eventually } from './eventually';
import { freePort } from './free-port';
import { redisBinary } from './redis-binary';

const ROOT = resolve(__dirname, '../..');
/** npm, the set-up's checks, a Redis and the applications; beside other tests' processes. */
const START_MS = 300_000;

/** Makes `dist/` what the sources say, so that no `npm start` does beneath tests that run from it. */
export async function buildOnce(): Promise<void> {
  const program = "import('./scripts/setup/build.mjs').then(({ build }) => build())";
  const build = new Child('the build', process.execPath, ['-e', program], { cwd: ROOT });
  if ((await build.exited) !== 0) throw build.failure('failed');
}

/** The whole system as a newcomer starts it: `npm start`, on the Redis that it brings, with data of its own. */
export class NpmStart {
  private constructor(
    readonly url: string,
    private readonly npm: Child,
    private readonly folder: string,
  ) {}

  /** Resolves once the system is ready. */
  static async start(variables: Record<string, string>): Promise<NpmStart> {
    const folder = await mkdtemp(join(tmpdir(), 'rapid-fire-npm-start-'));
    const port = await freePort();
    const { PATH, HOME, RAPID_FIRE_TEST_RUN } = process.env;
    const ours = { PORT: String(port), DATA_DIR: folder, REDIS_SERVER: redisBinary() };
    const npm = new Child('npm start', 'npm', ['start'], {
      cwd: ROOT,
      env: { PATH, HOME, RAPID_FIRE_TEST_RUN, ...ours, ...variables },
    });
    const system = new NpmStart(`http://127.0.0.1:${port}`, npm, folder);
    await eventually('npm start to be ready', () => system.isReady(), Boolean, START_MS);
    return system;
  }

  get output(): string {
    return this.npm.lines.join('\n');
  }

  /** Ends it as Ctrl-C does; resolves with npm's exit code. */
  async stop(): Promise<number | null> {
    this.npm.signal('SIGTERM');
    const code = await this.npm.exited;
    await rm(this.folder, { recursive: true, force: true });
    return code;
  }

  private async isReady(): Promise<boolean> {
    if (this.npm.hasExited) throw this.npm.failure('ended');
    const answer = await fetch(`${this.url}/health/ready`).catch(() => null);
    return answer?.ok ?? false;
  }
}
