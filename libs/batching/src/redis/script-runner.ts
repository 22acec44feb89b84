import type { Redis } from 'ioredis';
import { asOutage } from './outage';
import { encodeArgs, type Script, type ScriptArgs, type Unit } from '../scripts/define-script';

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
  private readonly defined = new Set<string>();

  constructor(
    private readonly redis: Redis,
    private readonly clock: Clock = REDIS_CLOCK,
  ) {}

  async run<K extends string, A extends Record<string, Unit>, R>(
    script: Script<K, A & { nowMs: 'ms' }, R>,
    keys: Record<K, string>,
    args: Omit<ScriptArgs<A>, 'nowMs'>,
  ): Promise<R> {
    const values = encodeArgs(script.args, { ...args, nowMs: this.clock() } as ScriptArgs<
      A & { nowMs: 'ms' }
    >);
    const command = this.command(script.name, script.lua);
    try {
      return script.reply(
        await command(script.keys.length, ...script.keys.map((key) => keys[key]), ...values),
      );
    } catch (error) {
      throw asOutage(error);
    }
  }

  private command(name: string, lua: string): Command {
    const method = `rapidFire:${name}`;
    if (!this.defined.has(name)) {
      this.redis.defineCommand(method, { lua });
      this.defined.add(name);
    }
    const commands = this.redis as unknown as Record<string, Command>;
    return (...values) => (commands[method] as Command).call(this.redis, ...values);
  }
}
