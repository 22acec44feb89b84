import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot } from '../../scripts/setup/steps.mjs';
import { Batching } from './batching.mjs';
import { NodeProcess } from './node-process.mjs';
import { RedisProcess } from './redis-process.mjs';

const manifest = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));

/** As in production, log level and checks included; the shell's variables and a `.env` have no part in it. */
const PRODUCTION = {
  NODE_ENV: 'production',
  WEBHOOK_SECRET: 'a-secret-of-the-benchmark',
  ADMIN_API_KEY: 'a-key-of-the-benchmark',
};

/** What every request to the webhook carries. */
export const WEBHOOK_HEADERS = {
  'content-type': 'application/json',
  'x-webhook-secret': PRODUCTION.WEBHOOK_SECRET,
};

const APPS = {
  webhook: { args: argsOf('start:webhook'), portVariable: 'PORT' },
  batcher: { args: argsOf('start:batcher'), portVariable: 'BATCHER_PORT' },
  worker: { args: argsOf('start:worker'), portVariable: 'WORKER_PORT' },
  assistant: { args: argsOf('start:assistant'), portVariable: 'ASSISTANT_PORT' },
  all: { args: [inRoot('dist/src/main.js')], portVariable: 'PORT' },
};

/** What `npm run` gives to Node: flags, and last the program. */
function argsOf(/** @type {string} */ script) {
  const [, ...args] = manifest.scripts[script].split(' ');
  return [...args.slice(0, -1), inRoot(args.at(-1))];
}

/** @typedef {keyof typeof APPS} AppName */

/** The processes of one benchmark, in a folder of their own; all gone when it is closed. */
export class Stage {
  /** @type {{ stop: () => unknown }[]} */
  #running = [];
  #redisServer;
  #folder;

  /**
   * @param {string} redisServer
   * @param {string} folder
   */
  constructor(redisServer, folder) {
    this.#redisServer = redisServer;
    this.#folder = folder;
  }

  static async open(/** @type {string} */ redisServer) {
    const stage = new Stage(redisServer, await mkdtemp(join(tmpdir(), 'rapid-fire-bench-')));
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.once(signal, () => stage.close().finally(() => process.exit(1)));
    }
    return stage;
  }

  /** A Redis of its own, without persistence, so that no side waits for the disk; `copyOf`: begins with that one's data. */
  async redis(/** @type {RedisProcess | undefined} */ copyOf = undefined) {
    return this.#keep(await RedisProcess.start(this.#redisServer, this.#folder, { copyOf }));
  }

  /** The same, with every instruction counted. */
  async countedRedis() {
    return this.#keep(await RedisProcess.start(this.#redisServer, this.#folder, { isCounted: true }));
  }

  /**
   * One of our applications, from the build, as in production.
   *
   * @param {AppName} name
   * @param {RedisProcess} redis
   * @param {Record<string, string>} [env]
   */
  app(name, redis, env = {}) {
    const { args, portVariable } = APPS[name];
    const own = { ...PRODUCTION, REDIS_URL: redis.url, REDIS_ALLOWED_PORTS: String(redis.port), ...env };
    return this.#start(args, portVariable, own);
  }

  /**
   * What ours is compared with: a program in `bench/peers/`.
   *
   * @param {string} file
   * @param {RedisProcess} redis
   * @param {Record<string, string>} [env]
   */
  peer(file, redis, env = {}) {
    const own = { NODE_ENV: 'production', REDIS_URL: redis.url, ...env };
    return this.#start([inRoot('bench', 'peers', file)], 'PORT', own);
  }

  /**
   * The library in this process, on one of the stage's Redis servers.
   *
   * @param {RedisProcess} redis
   * @param {Record<string, string>} [env]
   */
  batching(redis, env) {
    return this.#keep(new Batching(redis, env));
  }

  /** Ends everything that still runs and removes what it left. */
  async close() {
    for (const each of this.#running.toReversed()) await each.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /**
   * @param {string[]} args
   * @param {string} portVariable
   * @param {Record<string, string>} env
   */
  async #start(args, portVariable, env) {
    return this.#keep(await NodeProcess.start(args, portVariable, env, this.#folder));
  }

  /**
   * @template {{ stop: () => unknown }} T
   * @param {T} started
   */
  #keep(started) {
    this.#running.push(started);
    return started;
  }
}
