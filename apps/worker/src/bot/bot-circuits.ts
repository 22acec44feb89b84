import { Inject, Injectable } from '@nestjs/common';
import type { CompanyId } from '@app/contracts';
import { SETTINGS, type Settings } from '@app/settings';
import { RedisClock } from '../consumer/redis-clock';
import { BotCircuit } from './bot-circuit';

/** The circuit to one bot. */
export interface NamedCircuit {
  /** The company whose own bot it is; empty for the environment's. */
  readonly bot: string;
  readonly circuit: BotCircuit;
}

/** The circuits to the environment's bot and to those that companies have of their own: one that is away stops no other. */
@Injectable()
export class BotCircuits {
  /** Called when a probe of a bot has shown nothing, because its message was superseded or put off: another may be the probe. */
  onProbeUnused: (bot: string) => void = () => undefined;
  /** By the company; a bot that was configured anew has another circuit. */
  private readonly known = new Map<string, { settings: Settings['bot']; named: NamedCircuit }>();

  constructor(
    @Inject(RedisClock) private readonly clock: { readonly nowMs: number; readonly monotonicMs: number },
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'of' | 'isAny'>,
  ) {
    this.of(null);
  }

  /** ms since the epoch, by Redis. */
  get nowMs(): number {
    return this.clock.nowMs;
  }

  /** Whether the environment has a bot, or any company. */
  get hasBot(): boolean {
    return this.settings.isAny(({ bot }) => bot.url !== null);
  }

  /** The circuit to the bot of a company. */
  of(companyId: CompanyId | null): NamedCircuit {
    const { bot: settings } = this.settings.of(companyId);
    const bot = settings === this.settings.of(null).bot ? '' : String(companyId);
    const known = this.known.get(bot);
    if (known?.settings === settings) return known.named;
    const named = { bot, circuit: new BotCircuit(this.clock) };
    named.circuit.onProbeUnused = () => this.onProbeUnused(bot);
    this.known.set(bot, { settings, named });
    return named;
  }

  /** Those to the bots that are configured now and have had a message; the environment's is always among them. */
  get all(): readonly NamedCircuit[] {
    for (const [bot, { settings }] of this.known)
      if (this.settings.of(bot === '' ? null : bot).bot !== settings) this.known.delete(bot);
    return [...this.known.values()].map(({ named }) => named);
  }
}
