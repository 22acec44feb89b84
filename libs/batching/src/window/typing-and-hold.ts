import { Injectable } from '@nestjs/common';
import { type Conversation, parseConversationId, phoneOf } from '@app/contracts';
import { BatchStore } from '../store/batch-store';
import { hold, type HoldReply } from '../store/scripts/hold';
import { type TypeReply, type as typeScript } from '../store/scripts/type';

type TypingOutcome = Exclude<TypeReply['outcome'], 'forwarded'>;

/** A customer's typing and a colleague's answer, as far as a window waits for them. Each is one step in Redis. */
@Injectable()
export class TypingAndHold {
  constructor(private readonly store: BatchStore) {}

  /** The customer types, or has stopped; it counts for one silence, and only if a window is open or an answer may be kept back. */
  async typing(conversation: Conversation, isTyping: boolean): Promise<TypingOutcome> {
    const reply = await this.type(conversation, isTyping, mayBeAlias(conversation));
    // A phone is never an alias, so this ends at the second try.
    if (reply.outcome === 'forwarded') return this.typing(parseConversationId(reply.to), isTyping);
    // Its answer is committed where its messages came.
    if (reply.turnOf !== null) await this.type(parseConversationId(reply.turnOf), isTyping, false);
    return reply.outcome;
  }

  /**
   * A human has answered: nothing of the conversation is handed off for a time, unless it is flushed.
   *
   * @param holdMs `HUMAN_REPLY_HOLD` if left out.
   */
  async hold(
    conversation: Conversation,
    holdMs = this.store.settings.of(conversation.companyId).humanReply.holdMs,
  ): Promise<Exclude<HoldReply['outcome'], 'forwarded'>> {
    const { superseded, steered } = this.store.keysOf(conversation);
    const keys = { ...this.keysOf(conversation), superseded, steered };
    const args = { holdMs, mayShorten: false, mayBeAlias: mayBeAlias(conversation) };
    const reply = await this.store.change(hold, conversation, keys, args);
    if (reply.outcome === 'forwarded') return this.hold(parseConversationId(reply.to), holdMs);
    return reply.outcome;
  }

  /** The conversation itself, or the one that it is an alias of. */
  homeOf(conversation: Conversation): Promise<Conversation> {
    return this.store.homeOf(conversation);
  }

  /** @param mayForward false: of an alias itself, whose turn is still running its course. */
  private type(conversation: Conversation, isTyping: boolean, mayForward: boolean): Promise<TypeReply> {
    const typingMs = isTyping ? this.store.settings.of(conversation.companyId).window.quietMs : 0;
    const args = { typingMs, mayBeAlias: mayForward };
    return this.store.change(typeScript, conversation, this.keysOf(conversation), args);
  }

  private keysOf(conversation: Conversation): { alias: string } {
    return { alias: this.store.keysOf(conversation).alias(conversation.id) };
  }
}

function mayBeAlias({ customer }: Conversation): boolean {
  return phoneOf(customer) === null;
}
