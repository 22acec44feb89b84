import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AppName, AppProcess } from './app-process';
import { STUCK_MS } from './eventually';
import { RedisServer } from './redis-server';

/** Every secret used on the stage; none of them may appear in what is printed or answered. */
export const PASSWORDS = {
  redis: 'hunter2-redis-b8Zq',
  otherRedis: 'hunter2-other-k3Vw',
  webhook: 'hunter2-webhook-x7Lm',
  admin: 'hunter2-admin-r2Ty',
};

const POLL_MS = 100;

/** The servers and processes of one test file, and their output. */
export class BootStage {
  private readonly apps: AppProcess[] = [];
  private readonly servers: RedisServer[] = [];
  private readonly directories: string[] = [];
  private readonly answers: string[] = [];

  /** A Redis that asks for a password. */
  async redis(password: string, args: readonly string[] = []): Promise<{ server: RedisServer; url: string }> {
    const server = await RedisServer.start({ args: ['--requirepass', password, ...args] });
    this.servers.push(server);
    return { server, url: `redis://:${password}@127.0.0.1:${server.port}` };
  }

  /** A directory with a `.env` of these variables. */
  async directory(variables: Record<string, string>): Promise<string> {
    const directory = await mkdtemp(join(tmpdir(), 'rapid-fire-boot-'));
    this.directories.push(directory);
    const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
    await writeFile(join(directory, '.env'), lines.join('\n'));
    return directory;
  }

  /** Starts a process with the secrets of the stage; does not wait for it. */
  async launch(name: AppName, env: Record<string, string>, cwd?: string): Promise<AppProcess> {
    const secrets = { WEBHOOK_SECRET: PASSWORDS.webhook, ADMIN_API_KEY: PASSWORDS.admin, LOG_FORMAT: 'json' };
    const app = await AppProcess.launch(name, { ...secrets, ...env }, cwd);
    this.apps.push(app);
    return app;
  }

  /** The same, awaited until it is ready. */
  async start(name: AppName, env: Record<string, string>, cwd?: string): Promise<AppProcess> {
    const app = await this.launch(name, env, cwd);
    await app.ready();
    return app;
  }

  /** A process that is expected to end by itself. */
  async refused(
    name: AppName,
    env: Record<string, string>,
    cwd?: string,
  ): Promise<{ code: number | null; text: string; tookMs: number }> {
    const startedMs = performance.now();
    const app = await this.launch(name, env, cwd);
    const code = await app.exited;
    return { code, text: app.lines.join('\n'), tookMs: performance.now() - startedMs };
  }

  /** Asks an application with all secrets; resolves with its status and text, null without an answer. */
  async ask(app: AppProcess, path: string, body?: unknown): Promise<{ status: number; text: string } | null> {
    const headers = {
      'content-type': 'application/json',
      'x-webhook-secret': PASSWORDS.webhook,
      'x-api-key': PASSWORDS.admin,
    };
    const request =
      body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
    const response = await fetch(`${app.url}${path}`, request).catch(() => null);
    if (response === null) return null;
    const text = await response.text();
    this.answers.push(text);
    return { status: response.status, text };
  }

  /** Asks until the text matches; resolves with it. */
  async askUntil(app: AppProcess, path: string, pattern: RegExp, timeoutMs = STUCK_MS): Promise<string> {
    const deadline = performance.now() + timeoutMs;
    let text = '';
    while (performance.now() < deadline) {
      text = (await this.ask(app, path))?.text ?? '';
      if (pattern.test(text)) return text;
      await new Promise((done) => setTimeout(done, POLL_MS));
    }
    throw new Error(`${path} did not answer ${pattern.source} in ${timeoutMs} ms, but: ${text}`);
  }

  /** Everything that any process of the stage has printed or answered. */
  get output(): string {
    return [...this.apps.flatMap(({ lines }) => lines), ...this.answers].join('\n');
  }

  /** Ends what runs and removes what was written. */
  async clear(): Promise<void> {
    await Promise.all(this.apps.filter(({ hasExited }) => !hasExited).map((app) => app.kill()));
    await Promise.all(this.servers.map((server) => server.stop()));
    await Promise.all(this.directories.map((path) => rm(path, { recursive: true, force: true })));
    this.servers.length = 0;
    this.directories.length = 0;
  }
}
