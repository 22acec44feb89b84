import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { Settings } from '@app/settings';

/** The pause before one that has ended is started again, ms. */
const RESTART_MS = 2_000;

/** The assistant as a process next to this one, which is its worker: it may end as it likes, and messages wait for it. */
export class AssistantProcess {
  private readonly logger = new Logger('Assistant');
  private child: ChildProcess | null = null;
  private isStopped = false;

  private constructor(private readonly env: NodeJS.ProcessEnv) {}

  /** What the worker needs to know so that the assistant is its bot. The secret is of this run, unless the operator has set one. */
  static variables({ assistant, bot }: Settings): Record<string, string> {
    return {
      BOT_URL: `http://127.0.0.1:${assistant.port}/`,
      BOT_ALLOW_PRIVATE: 'true',
      BOT_SECRET: bot.secrets.join(',') || `whsec_${randomBytes(32).toString('base64')}`,
    };
  }

  /** @param variables in addition to this process's own. */
  static start(variables: Record<string, string>): AssistantProcess {
    const assistant = new AssistantProcess({ ...process.env, ...variables });
    assistant.spawn();
    return assistant;
  }

  /** Asks it to end, and waits for that. */
  async stop(): Promise<void> {
    this.isStopped = true;
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }

  private spawn(): void {
    const program = join(__dirname, '..', 'apps', 'assistant', 'src', 'main.js');
    this.child = spawn(process.execPath, ['--enable-source-maps', program], {
      env: this.env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    this.child.once('exit', (code, signal) => {
      if (this.isStopped) return;
      this.logger.error('The assistant has ended, and is started again', { code, signal });
      setTimeout(() => {
        if (!this.isStopped) this.spawn();
      }, RESTART_MS).unref();
    });
  }
}
