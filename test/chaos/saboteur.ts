import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from './random';

/** A process that can be killed, frozen, and started again. */
export interface Victim {
  name: string;
  kill(): Promise<void>;
  restart(): Promise<void>;
  freeze(): void;
  thaw(): void;
}

/** What was done to whom. */
export type Damage = Map<string, { kills: number; freezes: number }>;

/** Kills and freezes processes at random moments, and starts them again after a while. */
export class Saboteur {
  readonly damage: Damage = new Map();

  /** @param freezeMs long enough for a lease to end. */
  constructor(
    private readonly victims: readonly Victim[],
    private readonly random: Random,
    private readonly freezeMs: number,
  ) {}

  async strike(times: number): Promise<void> {
    for (let i = 0; i < times; i += 1) {
      await pause(this.random.between(50, 900));
      const victim = this.random.pick(this.victims);
      const damage = this.damage.get(victim.name) ?? { kills: 0, freezes: 0 };
      this.damage.set(victim.name, damage);
      // Every fifth strike freezes: the process then wakes up believing that it still owns what it held.
      if (i % 5 === 4) {
        damage.freezes += 1;
        victim.freeze();
        await pause(this.freezeMs);
        victim.thaw();
      } else {
        damage.kills += 1;
        await victim.kill();
        await pause(this.random.between(0, 800));
        await victim.restart();
      }
    }
  }
}
