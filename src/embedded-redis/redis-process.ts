import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, rename } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { RedisStartError } from './errors';
import { type Answer, probe } from './probe';
import { identityOf, isAlive, type ProcessIdentity } from './process-identity';

/** After this long a Redis that was told to end is killed; the data are on disk by then as well, ms. */
const END_DEADLINE_MS = 5_000;
const LOOK_AGAIN_MS = 20;
const LAST_WORDS_LINES = 5;

/** A running Redis: our child, or one that outlived the process that started it. */
export class RedisProcess {
  private isGone = false;

  private constructor(
    readonly identity: ProcessIdentity,
    readonly port: number,
    /** Resolves when it is gone, with a word on how it ended. */
    readonly exited: Promise<string>,
  ) {
    const gone = (): void => {
      this.isGone = true;
    };
    exited.then(gone, gone);
  }

  /**
   * Starts a Redis on the data in a directory; it may still be loading them when this resolves.
   *
   * @throws RedisStartError if it ends at once.
   */
  static async spawn(binary: string, port: number, directory: string): Promise<RedisProcess> {
    const logPath = join(directory, 'redis.log');
    await rename(logPath, `${logPath}.old`).catch(() => undefined);
    const log = await open(logPath, 'w');
    const child = spawn(binary, settings(port, directory), {
      // A separate process group: Ctrl-C in a terminal reaches only the applications, which still need their Redis.
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    const exited = new Promise<string>((resolve) => {
      child.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code ?? 'unknown'}`));
    });
    await log.close();
    const identity = child.pid === undefined ? undefined : await identityOf(child.pid);
    if (!identity) throw new RedisStartError(binary, await exited, await lastWords(directory));
    return new RedisProcess(identity, port, exited);
  }

  /** Takes over a Redis that another process started. */
  static adopt(identity: ProcessIdentity, port: number): RedisProcess {
    return new RedisProcess(identity, port, untilGone(identity, port));
  }

  /**
   * Resolves once its data are loaded, however long that takes, with its report about itself.
   *
   * @throws RedisStartError if it ends first.
   */
  async loaded(binary: string, directory: string): Promise<Answer> {
    while (!this.isGone) {
      const answer = await probe(this.port);
      // If the port was taken, another Redis may answer while ours gives up.
      if (answer?.pid === this.identity.pid && !answer.isLoading) return answer;
      await delay(LOOK_AGAIN_MS);
    }
    throw new RedisStartError(binary, await this.exited, await lastWords(directory));
  }

  /** Ends it with SIGTERM, which Redis treats as SHUTDOWN, and with SIGKILL if that is not enough. */
  async end(): Promise<void> {
    const deadline = new AbortController();
    this.signal('SIGTERM');
    const overdue = delay(END_DEADLINE_MS, undefined, { signal: deadline.signal }).then(
      () => this.signal('SIGKILL'),
      () => undefined,
    );
    await this.exited;
    deadline.abort();
    await overdue;
  }

  private signal(signal: NodeJS.Signals): void {
    // By then another process may have its id.
    if (this.isGone) return;
    try {
      process.kill(this.identity.pid, signal);
    } catch {
      // It has just exited; `exited` will resolve.
    }
  }
}

function settings(port: number, directory: string): string[] {
  return [
    ...['--port', String(port), '--bind', '127.0.0.1', '--dir', directory],
    // Its title would overwrite the environment by which a process is recognised as part of this run.
    ...['--set-proc-title', 'no'],
    // A message that was answered with 2xx is on disk.
    ...['--appendonly', 'yes', '--appendfsync', 'always', '--save', ''],
    // A tail that a power failure cut off holds nothing that was acknowledged.
    ...['--aof-load-truncated', 'yes'],
    // Out of memory must give the sender an error and never delete a message.
    ...['--maxmemory-policy', 'noeviction'],
  ];
}

/** An adopted process is not our child, so its end shows as the end of a connection to it. */
async function untilGone(identity: ProcessIdentity, port: number): Promise<string> {
  while (await isAlive(identity)) {
    const socket = connect(port, '127.0.0.1').resume();
    await once(
      socket.on('error', () => undefined),
      'close',
    );
    await delay(LOOK_AGAIN_MS);
  }
  return 'no exit code, for another process had started it';
}

async function lastWords(directory: string): Promise<string> {
  const log = await readFile(join(directory, 'redis.log'), 'utf8').catch(() => '');
  return log.trim().split('\n').slice(-LAST_WORDS_LINES).join('\n');
}
