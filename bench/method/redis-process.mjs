import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { cpuMsOf } from './cpu-time.mjs';
import { freePort } from '../../scripts/setup/free-port.mjs';
import { counting, InstructionCounter } from './instructions.mjs';

const DUMP = 'dump.rdb';

/** A redis-server of a benchmark's own. */
export class RedisProcess {
  #child;
  #folder;
  /** @type {InstructionCounter | undefined} */
  #counter;

  /**
   * @param {import('node:child_process').ChildProcess} child
   * @param {string} folder
   * @param {number} port
   * @param {Redis} client
   */
  constructor(child, folder, port, client) {
    this.#child = child;
    this.#folder = folder;
    this.port = port;
    /** For the benchmark's own questions; commands of one turn of the event loop share a pipeline. */
    this.client = client;
  }

  /**
   * Resolves once it answers and has loaded what it begins with.
   *
   * @param {string} binary
   * @param {string} parent
   * @param {{ copyOf?: RedisProcess | undefined, isCounted?: boolean }} [how] counted: each of its instructions, at a fiftieth of its speed.
   */
  static async start(binary, parent, { copyOf, isCounted = false } = {}) {
    const folder = await mkdtemp(join(parent, 'redis-'));
    if (copyOf) {
      await copyOf.client.save();
      await copyFile(join(copyOf.#folder, DUMP), join(folder, DUMP));
    }
    const port = await freePort();
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--dbfilename', DUMP];
    // What Redis does by the clock alone must not weigh more where the machine is busy.
    if (isCounted) args.push('--hz', '1');
    const [program, ...all] = [...(isCounted ? counting(folder) : []), binary, ...args];
    const child = spawn(program ?? '', [...all, '--save', '', '--appendonly', 'no'], { stdio: 'ignore' });
    const client = new Redis(port, '127.0.0.1', {
      enableAutoPipelining: true,
      maxRetriesPerRequest: null,
      retryStrategy: () => 20,
    });
    // Refused until it listens; whoever waits for the first answer hears of everything else.
    client.on('error', () => undefined);
    await client.ping();
    return new RedisProcess(child, folder, port, client);
  }

  get url() {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Processor time so far, ms. */
  cpuMs() {
    return cpuMsOf(this.#child.pid);
  }

  /** Bytes that its data and their bookkeeping take. */
  async usedBytes() {
    return Number(await this.#info('memory', 'used_memory'));
  }

  /** How long Redis itself says that one call of a command takes, µs, over the calls that `work` makes. */
  async timeOf(/** @type {string} */ command, /** @type {() => Promise<unknown>} */ work) {
    await this.client.config('RESETSTAT');
    await work();
    const line = await this.#info('commandstats', `cmdstat_${command}`);
    return Number(/usec_per_call=([\d.]+)/.exec(line)?.[1]);
  }

  /** How long Redis itself says that the scripts took together which `work` runs, µs. */
  async scriptTime(/** @type {() => Promise<unknown>} */ work) {
    await this.client.config('RESETSTAT');
    await work();
    const lines = await Promise.all(
      ['eval', 'evalsha'].map((name) => this.#info('commandstats', `cmdstat_${name}`)),
    );
    return lines.reduce((sum, line) => sum + Number(/usec=(\d+)/.exec(line)?.[1] ?? 0), 0);
  }

  /** How many instructions it takes for `work`; only where it is counted. */
  async instructionsOf(/** @type {() => Promise<unknown>} */ work) {
    this.#counter ??= new InstructionCounter(this.#child.pid ?? 0, this.#folder);
    return this.#counter.of(work);
  }

  async stop() {
    this.client.disconnect();
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }

  async #info(/** @type {string} */ section, /** @type {string} */ field) {
    const text = await this.client.info(section);
    return new RegExp(`^${field}:(.*)$`, 'm').exec(text)?.[1]?.trim() ?? '';
  }
}
