import type { ScriptObserver } from '../metrics/redis.metrics';
import { SCRIPTS } from '../scripts/all';
import type { LotScript } from '../scripts/define-lot';
import { asArgument, encodeArgs, type Script, type ScriptArgs, type Unit } from '../scripts/define-script';
import { asOutage } from './outage';
import type { RedisClient } from './redis-client';

/** Says what time the scripts go by, ms since the epoch; 0 leaves it to Redis, whose clock all hosts share. */
export type Clock = () => number;

export const REDIS_CLOCK: Clock = () => 0;

type Command = (keyCount: number, ...values: (string | number)[]) => Promise<unknown>;

/**
 * Runs our scripts: one round trip each, by SHA, and whole again after `SCRIPT FLUSH` (ioredis sends the text where
 * the server does not know it). Scripts started in one turn of the event loop share a pipeline.
 *
 * @throws StoreUnavailableError where Redis cannot serve now.
 */
export class ScriptRunner {
  constructor(
    readonly client: RedisClient,
    private readonly clock: Clock = REDIS_CLOCK,
    private readonly observe: ScriptObserver = () => undefined,
  ) {
    // All at once and first of all: a pipeline that is being filled knows only commands that are older than itself.
    for (const { name, lua } of SCRIPTS) client.defineCommand(commandName(name), { lua });
  }

  async run<K extends string, A extends Record<string, Unit>, R>(
    script: Script<K, A & { nowMs: 'ms' }, R>,
    keys: Record<K, string>,
    args: Omit<ScriptArgs<A>, 'nowMs'>,
  ): Promise<R> {
    const values = encodeArgs(script.args, args, this.clock());
    const keyValues = script.keys.map((key) => keys[key]);
    return script.reply(await this.call(script.name, keyValues, values));
  }

  /** Does to each of a lot what a script does to one; the last ones may get no reply, and nothing was done to them. */
  async runLot<K extends string, A extends Record<string, Unit>, R>(
    script: LotScript<K, A & { nowMs: 'ms' }, R>,
    lot: readonly { keys: Record<K, string>; args: Omit<ScriptArgs<A>, 'nowMs'> }[],
  ): Promise<R[]> {
    const [first] = lot;
    if (!first) return [];
    const { own } = script;
    const shared = { ...first.args, nowMs: this.clock() } as Record<string, string | number | boolean>;
    const isShared = (name: string): boolean => !(own.args as readonly string[]).includes(name);
    const keys = script.keys.filter((key) => !own.keys.includes(key)).map((key) => first.keys[key]);
    const values = Object.keys(script.args)
      .filter(isShared)
      .map((name) => asArgument(shared[name]));
    for (const each of lot) {
      for (const key of own.keys) keys.push(each.keys[key]);
      const args = each.args as Record<string, string | number | boolean>;
      for (const name of own.args) values.push(asArgument(args[name]));
    }
    const replies = (await this.call(script.name, keys, values)) as unknown[];
    return replies.map(script.reply);
  }

  private async call(
    name: string,
    keys: readonly string[],
    values: readonly (string | number)[],
  ): Promise<unknown> {
    const command = (this.client as unknown as Record<string, Command>)[commandName(name)] as Command;
    const sentAtMs = performance.now();
    try {
      const reply = await command.call(this.client, keys.length, ...keys, ...values);
      this.observe(name, performance.now() - sentAtMs, true);
      return reply;
    } catch (error) {
      this.observe(name, performance.now() - sentAtMs, false);
      throw asOutage(error);
    }
  }
}

function commandName(script: string): string {
  return `rapidFire:${script}`;
}
