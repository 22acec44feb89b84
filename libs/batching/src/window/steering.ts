import { Injectable } from '@nestjs/common';
import { type Conversation, parseConversationId, phoneOf } from '@app/contracts';
import { redisTimeMs } from '../redis/redis-time';
import { BatchStore } from '../store/batch-store';
import type { Keys } from '../store/keys';
import { block } from '../store/scripts/block';
import { hold, type HoldReply } from '../store/scripts/hold';
import { mute, type SteerReply } from '../store/scripts/mute';
import { steering, type SteeringReply } from '../store/scripts/steering';

/** What an operator has ordered for a conversation; `until`: when it ends, ms; null: when an operator ends it. */
export interface Order {
  order: OrderKind;
  conversationId: string;
  until: number | null;
}

export const ORDER_KINDS = ['hold', 'mute', 'block'] as const;

/** `hold`: messages wait. `mute`: the bot is not called. `block`: what the customer writes is not stored. */
export type OrderKind = (typeof ORDER_KINDS)[number];

/** An order that no clock ends lasts 317 years, ms: Redis and Lua count with it as with any other. */
const FOR_GOOD_MS = 10_000_000_000_000;
/** The most orders that one look shows. */
const MOST_SHOWN = 1_000;
/** The most that are searched for those of one customer. */
const MOST_SEARCHED = 100_000;

/** An operator's hand on one conversation. Each order is one step in Redis, given to the conversation of the person's phone. */
@Injectable()
export class Steering {
  constructor(private readonly store: BatchStore) {}

  /** Nothing of the conversation is handed off for a time, unless it is flushed; 0 ends every hold. Returns when it ends. */
  async hold(conversation: Conversation, holdMs: number): Promise<number | null> {
    const args = { holdMs, mayShorten: true };
    return this.give(conversation, (home, more) =>
      this.store.change(hold, home, this.keysOf(home), Object.assign(more, args)),
    );
  }

  /** The bot is not called for a time, null for good; 0 ends that. Returns when it ends, null for good or never. */
  mute(conversation: Conversation, forMs: number | null): Promise<number | null> {
    const args = { forMs: forMs ?? FOR_GOOD_MS };
    return this.give(conversation, (home, more) =>
      this.store.change(mute, home, this.keysOf(home), Object.assign(more, args)),
    );
  }

  /** What the customer writes is not stored for a time, null for good; 0 ends that. Returns as `mute` does. */
  block(conversation: Conversation, forMs: number | null): Promise<number | null> {
    const args = { forMs: forMs ?? FOR_GOOD_MS };
    return this.give(conversation, (home, more) => {
      const { alias, steered } = this.keysOf(home);
      return this.store.change(block, home, { alias, steered }, Object.assign(more, args));
    });
  }

  /** What is ordered for a conversation now. */
  async of(conversation: Conversation): Promise<SteeringReply> {
    const home = await this.store.homeOf(conversation);
    const state = this.store.keysOf(home).state(home.id);
    return this.store.runner.run(steering, { state }, {});
  }

  /** The orders for a customer that are not over, of every company. */
  async ofCustomer(customer: string): Promise<Order[]> {
    const orders = await this.ordersOf(this.store.keysOf({ customer }), MOST_SEARCHED);
    return orders.filter(({ conversationId }) => parseConversationId(conversationId).customer === customer);
  }

  /** The orders that are not over, those that end soonest first: up to 1,000. */
  async all(): Promise<Order[]> {
    const found = await Promise.all(this.store.partitions.all.map((keys) => this.ordersOf(keys, MOST_SHOWN)));
    const soonest = found.flat().sort((a, b) => (a.until ?? Infinity) - (b.until ?? Infinity));
    return soonest.slice(0, MOST_SHOWN);
  }

  private async ordersOf({ steered }: Keys, most: number): Promise<Order[]> {
    const flat = await this.store.commands(async (redis) => {
      const now = await redisTimeMs(redis);
      return redis.zrangebyscore(steered, now, '+inf', 'WITHSCORES', 'LIMIT', 0, most);
    });
    return flat.flatMap((member, i) => (i % 2 === 0 ? [orderOf(member, Number(flat[i + 1]))] : []));
  }

  private async give(
    conversation: Conversation,
    change: (home: Conversation, more: { mayBeAlias: boolean }) => Promise<SteerReply | HoldReply>,
  ): Promise<number | null> {
    const reply = await change(conversation, { mayBeAlias: phoneOf(conversation.customer) === null });
    // A phone is never an alias, so this ends at the second try.
    if (reply.outcome === 'forwarded') return this.give(parseConversationId(reply.to), change);
    return shown(reply.until);
  }

  private keysOf(conversation: Conversation): { alias: string; superseded: string; steered: string } {
    const keys = this.store.keysOf(conversation);
    const { superseded, steered } = keys;
    return { alias: keys.alias(conversation.id), superseded, steered };
  }
}

function orderOf(member: string, ends: number): Order {
  const [order = '', conversationId = ''] = member.split(' ');
  return { order: order as OrderKind, conversationId, until: shown(ends) };
}

/** An end that lies beyond the year 2286 is none. */
export function shown(ends: number | null): number | null {
  return ends !== null && ends < FOR_GOOD_MS ? ends : null;
}
