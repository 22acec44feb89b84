import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { createInterface } from 'node:readline';

const running = new Set<Child>();
const TAIL_LINES = 20;

export interface ChildOptions {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
}

/** A process started by a test; known to `stopEverything` until it has exited. */
export class Child {
  /** Its output so far, stdout and stderr, line by line. */
  readonly lines: string[] = [];
  /** Resolves with its exit code; null if a signal ended it. */
  readonly exited: Promise<number | null>;
  private readonly process: ChildProcess;
  private readonly events = new EventEmitter().setMaxListeners(0);
  private ended = false;

  constructor(
    private readonly name: string,
    command: string,
    args: readonly string[],
    options: ChildOptions = {},
  ) {
    this.process = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(this);
    for (const stream of [this.process.stdout, this.process.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => this.read(line));
    }
    this.exited = new Promise((resolve) => {
      this.process.once('error', (error) => this.read(error.message));
      // `close`, not `exit`: by then the last lines have been read.
      this.process.once('close', (code) => {
        this.ended = true;
        running.delete(this);
        this.events.emit('end');
        resolve(code);
      });
    });
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  get hasExited(): boolean {
    return this.ended;
  }

  signal(signal: NodeJS.Signals): void {
    this.process.kill(signal);
  }

  /** Kills it without warning, and waits until it is gone. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.exited;
  }

  /**
   * Resolves with the first matching line, already printed or yet to come.
   *
   * @throws Error with the last lines if the time is up, or the process ends first.
   */
  waitForLine(pattern: RegExp, timeoutMs: number): Promise<string> {
    const printed = this.lines.find((line) => pattern.test(line));
    if (printed !== undefined) return Promise.resolve(printed);
    if (this.ended) return Promise.reject(this.failure(`ended without a line like ${pattern.source}`));
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        this.events.off('line', onLine).off('end', onEnd);
        act();
      };
      const onLine = (line: string): void => {
        if (pattern.test(line)) settle(() => resolve(line));
      };
      const fail = (what: string): void =>
        settle(() => reject(this.failure(`${what} a line like ${pattern.source}`)));
      const onEnd = (): void => fail('ended without');
      const timer = setTimeout(() => fail(`did not print in ${timeoutMs} ms`), timeoutMs);
      this.events.on('line', onLine).on('end', onEnd);
    });
  }

  /** An error about this process, with the last lines of its output. */
  failure(what: string): Error {
    return new Error(
      [`${this.name} ${what}. Its last lines:`, ...this.lines.slice(-TAIL_LINES)].join('\n  '),
    );
  }

  private read(line: string): void {
    this.lines.push(line);
    this.events.emit('line', line);
  }
}

/** Kills every process that a test started and did not end; resolves with how many there were. */
export async function stopEverything(): Promise<number> {
  const left = [...running];
  await Promise.all(left.map((child) => child.kill()));
  return left.length;
}
