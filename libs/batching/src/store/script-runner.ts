import { createHash } from 'node:crypto';
import { asOutage } from '../redis/outage';
import type { RedisClient } from '../redis/redis-client';
import type { ScriptObserver } from '../redis/redis.metrics';
import { SCRIPTS } from './scripts/all';
import {
  type ChangeReply,
  decodeChange,
  encodeChange,
  encodeLot,
  type LotMember,
} from './scripts/change-call';
import { type Constants, withConstants } from './scripts/constants';
import type { Change, LotChange } from './scripts/define-change';
import {
  encodeArgs,
  type Script,
  type ScriptArgs,
  type SentArgument,
  type Unit,
} from './scripts/define-script';

/** Options of a runner of scripts. */
export interface RunnerOptions {
  /** Only tests pass one; everything else uses Redis's. */
  clock?: Clock;
  observe?: ScriptObserver;
  /** What stands in front of the changes; a runner without them makes none. */
  constants?: Constants;
}

/** The time that the scripts use, ms since the epoch; 0 means Redis's, whose clock all hosts share. */
export type Clock = () => number;

export const REDIS_CLOCK: Clock = () => 0;

type Command = (keyCount: number, ...values: SentArgument[]) => Promise<unknown>;

/**
 * Runs our scripts: one round trip each, by SHA, and again as text after `SCRIPT FLUSH` (ioredis sends the text if
 * the server does not know it).
 *
 * @throws StoreUnavailableError if Redis cannot serve now.
 */
export class ScriptRunner {
  private readonly clock: Clock;
  private readonly observe: ScriptObserver;
  private readonly constants: Constants | undefined;
  private readonly commands = new Map<string, Command>();

  constructor(
    readonly client: RedisClient,
    { clock = REDIS_CLOCK, observe = () => undefined, constants }: RunnerOptions = {},
  ) {
    this.clock = clock;
    this.observe = observe;
    this.constants = constants;
    for (const script of SCRIPTS)
      if (constants || !('isChange' in script)) this.define(script.name, script.lua);
  }

  /** Gives the script of a name another text, in front of which its constants are put. */
  define(name: string, text: string): void {
    const lua = this.constants ? withConstants(text, this.constants) : text;
    // Runners of one client may differ in their constants.
    const command = `rapidFire:${name}:${createHash('sha1').update(lua).digest('hex')}`;
    if (!(command in this.client)) this.client.defineCommand(command, { lua });
    this.commands.set(name, (this.client as unknown as Record<string, Command>)[command] as Command);
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

  /** Makes a change of one conversation. */
  async change<K extends string, A extends Record<string, Unit>, R>(
    script: Change<K, A & { nowMs: 'ms' }, R>,
    keys: Record<K, string>,
    args: Omit<ScriptArgs<A>, 'nowMs'>,
  ): Promise<ChangeReply<unknown>> {
    const values = encodeChange(Object.keys(script.args), args, this.clock());
    const keyValues = script.keys.map((key) => keys[key]);
    return decodeChange(await this.call(script.name, keyValues, values));
  }

  /** Makes a change of each conversation of a lot; the last ones may get no reply, and nothing was done to them. */
  async changeEach<K extends string, A extends Record<string, Unit>, R>(
    script: LotChange<K, A & { nowMs: 'ms' }, R>,
    lot: readonly LotMember<K, A & { nowMs: 'ms' }>[],
  ): Promise<ChangeReply<unknown[]>> {
    const [first, ...others] = lot;
    if (!first) return { reply: [], trouble: '', damaged: [] };
    const { keys, values } = encodeLot(script, [first, ...others], this.clock());
    return decodeChange(await this.call(script.name, keys, values));
  }

  private async call(
    name: string,
    keys: readonly string[],
    values: readonly SentArgument[],
  ): Promise<unknown> {
    const command = this.commands.get(name);
    if (!command) throw new Error(`A runner without constants runs no ${name}`);
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
