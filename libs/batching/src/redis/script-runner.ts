import type { ScriptObserver } from '../metrics/redis.metrics';
import { SCRIPTS } from '../scripts/all';
import { encodeArgs, type Script, type ScriptArgs, type Unit } from '../scripts/define-script';
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
    const values = encodeArgs(script.args, { ...args, nowMs: this.clock() } as ScriptArgs<
      A & { nowMs: 'ms' }
    >);
    const commands = this.client as unknown as Record<string, Command>;
    const command = commands[commandName(script.name)] as Command;
    const keyValues = script.keys.map((key) => keys[key]);
    const sentAtMs = performance.now();
    try {
      const reply = await command.call(this.client, keyValues.length, ...keyValues, ...values);
      this.observe(script.name, performance.now() - sentAtMs, true);
      return script.reply(reply);
    } catch (error) {
      this.observe(script.name, performance.now() - sentAtMs, false);
      throw asOutage(error);
    }
  }
}

function commandName(script: string): string {
  return `rapidFire:${script}`;
}
