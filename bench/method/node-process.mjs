import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { cpuMsOf } from './cpu-time.mjs';
import { freePort } from '../../scripts/setup/free-port.mjs';

const MB = 1024;
let started = 0;

/** A Node process under test. Its log goes into a file, as a supervisor would have it, so that it costs what it costs. */
export class NodeProcess {
  #child;

  /**
   * @param {import('node:child_process').ChildProcess} child
   * @param {number} port
   * @param {number} startedInMs
   */
  constructor(child, port, startedInMs) {
    this.#child = child;
    this.port = port;
    /** From the start of the process until it said that it is ready. */
    this.startedInMs = startedInMs;
  }

  /**
   * Resolves once the process says `ready` to its parent.
   *
   * @param {string[]} args Node's, the program last
   * @param {string} portVariable
   * @param {Record<string, string>} env
   * @param {string} folder
   */
  static async start(args, portVariable, env, folder) {
    const port = await freePort();
    const entry = args.at(-1) ?? '';
    const path = join(folder, `${basename(entry)}-${(started += 1)}.log`);
    const log = await open(path, 'w');
    const atMs = performance.now();
    const profile = process.env.BENCH_PROFILE
      ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`]
      : [];
    const { REDIS_COMMAND_TIMEOUT } = process.env;
    const given = REDIS_COMMAND_TIMEOUT ? { REDIS_COMMAND_TIMEOUT } : {};
    const child = spawn(process.execPath, [...profile, ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH, ...given, ...env, [portVariable]: String(port) },
      stdio: ['ignore', log.fd, log.fd, 'ipc'],
    });
    const [first] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
    const tookMs = performance.now() - atMs;
    await log.close();
    if (first !== 'ready') throw new Error(`${entry} did not start:\n${await readFile(path, 'utf8')}`);
    return new NodeProcess(child, port, tookMs);
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Memory that it really occupies, MB. */
  get residentMb() {
    const kb = execFileSync('ps', ['-o', 'rss=', '-p', String(this.#child.pid)], { encoding: 'utf8' });
    return Number(kb) / MB;
  }

  /** Processor time so far, ms. */
  cpuMs() {
    return cpuMsOf(this.#child.pid);
  }

  /** Tells a peer something. */
  send(/** @type {string} */ message) {
    this.#child.send(message);
  }

  async stop() {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const killer = setTimeout(() => this.#child.kill('SIGKILL'), 15_000);
    await exited;
    clearTimeout(killer);
  }
}
