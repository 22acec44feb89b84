import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Child } from './child';
import { freePort } from './free-port';

const ROOT = resolve(__dirname, '../..');

/** An application as `pm2 jlist` shows it. */
export interface Pm2Process {
  name: string;
  pid: number;
  monit: { memory: number };
  pm2_env: { status: string; restart_time: number };
}

/** A separate PM2 for one test: home in a temporary directory, applications on free ports. */
export class Pm2 {
  private constructor(
    private readonly home: string,
    private readonly port: number,
    private readonly env: Record<string, string>,
  ) {}

  /** @param env the shell environment of every command. */
  static async create(env: Record<string, string>): Promise<Pm2> {
    const [webhookPort, batcherPort, workerPort] = [await freePort(), await freePort(), await freePort()];
    return new Pm2(await mkdtemp(join(tmpdir(), 'rapid-fire-pm2-')), webhookPort, {
      ...env,
      PORT: String(webhookPort),
      BATCHER_PORT: String(batcherPort),
      WORKER_PORT: String(workerPort),
    });
  }

  /** Where the webhook application listens. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /**
   * Runs a command, as an operator would; resolves with its output, stderr included.
   *
   * @param changes to the shell environment for this command; undefined: not set.
   * @throws Error if the command's exit code is not 0.
   */
  async run(args: readonly string[], changes: Record<string, string | undefined> = {}): Promise<string> {
    const command = process.env.PM2 ?? join(ROOT, 'node_modules/.bin/pm2');
    const child = new Child(`pm2 ${args.join(' ')}`, command, args, {
      // Not the configuration's directory, because the directory must not matter.
      cwd: this.home,
      env: {
        PATH: process.env.PATH,
        RAPID_FIRE_TEST_RUN: process.env.RAPID_FIRE_TEST_RUN,
        PM2_HOME: this.home,
        // Without these it reports its version to its makers at the first start and then every day.
        PM2_DISCRETE_MODE: 'true',
        PM2_DISABLE_VERSION_CHECK: 'true',
        PM2_NO_INTERACTION: 'true',
        // How often it looks at the memory, ms.
        PM2_WORKER_INTERVAL: '2000',
        NODE_ENV: 'test',
        LOG_FORMAT: 'json',
        ...this.env,
        ...changes,
      },
    });
    if ((await child.exited) !== 0) throw child.failure('failed');
    return child.lines.join('\n');
  }

  start(changes: Record<string, string | undefined> = {}): Promise<string> {
    return this.run(['start', join(ROOT, 'ecosystem.config.js')], changes);
  }

  /** Writes a copy of `ecosystem.config.js` in which these applications have other options; resolves with its path. */
  async configuration(changes: Record<string, object>): Promise<string> {
    const path = join(this.home, 'changed.config.js');
    const original = JSON.stringify(join(ROOT, 'ecosystem.config.js'));
    await writeFile(
      path,
      `const changes = ${JSON.stringify(changes)};
       const { apps } = require(${original});
       module.exports = { apps: apps.map((app) => ({ ...app, ...changes[app.name] })) };`,
    );
    return path;
  }

  async find(name: string): Promise<Pm2Process> {
    const printed = await this.run(['jlist', '--silent']);
    const list = JSON.parse(printed.slice(printed.indexOf('['))) as Pm2Process[];
    const found = list.find((each) => each.name === name);
    if (!found) throw new Error(`PM2 knows no ${name}, but: ${list.map((each) => each.name).join(', ')}`);
    return found;
  }

  /** How often the daemon has started an application: from its log, for each command of PM2's own is a process of seconds. */
  async startsOf(name: string): Promise<number> {
    return [...(await this.log()).matchAll(new RegExp(`\\[${name}:\\d+\\] starting`, 'g'))].length;
  }

  /** The daemon's log so far: starts, exits and their reasons. */
  log(): Promise<string> {
    return readFile(join(this.home, 'pm2.log'), 'utf8');
  }

  /** Ends the daemon and all that it started, and removes its home. */
  async stop(): Promise<void> {
    await this.run(['kill']);
    await rm(this.home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}
