import { Inject, Injectable } from '@nestjs/common';
import { BatchStore } from '@app/batching';
import { parseConversationId } from '@app/contracts';
import { type AssistantSettings, SETTINGS, type Settings } from '@app/settings';
import { customerFacts, exchange, preferences, summary, type TurnPlan } from '../turn/turn-plan';
import type { Memory } from './memory';

/** The field of a dialogue that no turn has: ids of turns begin with `b-`. */
const SUMMARY = 'summary';

/**
 * What the assistant knows of each conversation, in Redis, with an age for each kind. A turn writes its own fields only, so turns that
 * end at the same time lose nothing of each other; the same turn, written twice, is there once.
 */
@Injectable()
export class ConversationMemory {
  private readonly ttlS: AssistantSettings['ttlS'];

  constructor(
    private readonly store: BatchStore,
    @Inject(SETTINGS) { assistant }: Settings,
  ) {
    this.ttlS = assistant.ttlS;
  }

  /** @throws StoreUnavailableError if Redis cannot serve now. */
  async of(conversationId: string): Promise<Memory> {
    const keys = this.keysOf(conversationId);
    const [dialogue, customer, preferred] = await this.store.commands((redis) =>
      Promise.all([
        redis.hgetall(keys.dialogue),
        redis.hgetall(keys.customer),
        redis.hgetall(keys.preferences),
      ]),
    );
    const { [SUMMARY]: told, ...turns } = valuesOf(dialogue);
    const known = told === undefined ? null : summary.parse(told);
    return {
      summary: known,
      exchanges: Object.values(turns)
        .map((turn) => exchange.parse(turn))
        .filter(({ at }) => at > (known?.until ?? 0))
        .sort((a, b) => a.at - b.at),
      customer: customerFacts.parse(valuesOf(customer)),
      preferences: preferences.parse(valuesOf(preferred)),
    };
  }

  /**
   * Keeps what a committed turn leaves, and begins the ages anew. Repeated, it changes nothing else.
   *
   * @throws StoreUnavailableError if Redis cannot serve now; what was written stays, and the next try completes it.
   */
  async keep(conversationId: string, turnId: string, plan: TurnPlan): Promise<void> {
    const keys = this.keysOf(conversationId);
    const { exchange: said, summary: told } = plan;
    await this.write(keys.dialogue, { [turnId]: said, ...(told && { [SUMMARY]: told }) }, this.ttlS.dialogue);
    if (told) await this.forget(keys.dialogue, told.until);
    await this.write(keys.customer, plan.customer ?? {}, this.ttlS.customer);
    await this.write(keys.preferences, plan.preferences ?? {}, this.ttlS.preferences);
  }

  private async write(key: string, fields: object, ttlS: number): Promise<void> {
    const values = Object.entries(fields).flatMap(([name, value]) => [name, JSON.stringify(value)]);
    await this.store.commands(async (redis) => {
      if (values.length > 0) await redis.hset(key, ...values);
      await redis.expire(key, ttlS);
    });
  }

  /** Removes the exchanges that the summary tells of. */
  private async forget(dialogue: string, until: number): Promise<void> {
    await this.store.commands(async (redis) => {
      const turns = Object.entries(valuesOf(await redis.hgetall(dialogue)));
      const old = turns.filter(([name, turn]) => name !== SUMMARY && exchange.parse(turn).at <= until);
      if (old.length > 0) await redis.hdel(dialogue, ...old.map(([turnId]) => turnId));
    });
  }

  private keysOf(conversationId: string): Record<'dialogue' | 'customer' | 'preferences', string> {
    const keys = this.store.keysOf(parseConversationId(conversationId));
    return {
      dialogue: keys.dialogue(conversationId),
      customer: keys.customerFacts(conversationId),
      preferences: keys.preferences(conversationId),
    };
  }
}

/** Each field of such a hash is JSON. */
function valuesOf(fields: Record<string, string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, json]) => [name, JSON.parse(json)]));
}
