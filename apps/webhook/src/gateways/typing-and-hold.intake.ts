import { Inject, Injectable } from '@nestjs/common';
import { ColleagueWordsStore, OpenBatches, Steering, TypingAndHold } from '@app/batching';
import type { Conversation } from '@app/contracts';
import type { EchoEvent, IgnoredEvent, PresenceEvent } from '@app/gateways';
import { SETTINGS, type Settings } from '@app/settings';
import { type EventAnswer, ignored } from './event.answer';
import { OwnReplies } from './own-replies';
import { Placement } from './placement';

/** Humans who take a conversation over say when they are done; a day later that has been missed. */
export const ATTENDED_MS = 24 * 3_600_000;

/** Takes in events that are no messages, but change how long messages wait: typing, and a colleague's own answer. */
@Injectable()
export class TypingAndHoldIntake {
  constructor(
    private readonly typingAndHold: TypingAndHold,
    private readonly colleagues: ColleagueWordsStore,
    private readonly open: OpenBatches,
    private readonly ownReplies: OwnReplies,
    private readonly steering: Steering,
    private readonly placement: Placement,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** @throws StoreUnavailableError if Redis cannot serve. */
  async takePresence(event: PresenceEvent): Promise<EventAnswer> {
    const conversation = this.placement.of(event);
    if (conversation === null) return ignored(event, 'group');
    const outcome = await this.typingAndHold.typing(conversation, event.state !== 'paused');
    return outcome === 'no-window' ? ignored(event, outcome) : answer(event, outcome, conversation);
  }

  /** @throws StoreUnavailableError if Redis cannot serve. */
  async takeEcho(event: EchoEvent): Promise<EventAnswer> {
    // Sent with the token of a human's account, the bot's own reply comes back as theirs.
    if (event.viaApi || (await this.ownReplies.find(event)) !== null) return ignored(event, 'via-api');
    const conversation = this.placement.of(event);
    if (conversation !== null) await this.colleagues.keep(conversation, event);
    return this.takenOver(event, conversation);
  }

  /**
   * Who answers a customer has changed, and nothing was said.
   *
   * @throws StoreUnavailableError if Redis cannot serve.
   */
  async takeAttendance(event: IgnoredEvent, by: 'humans' | 'bot'): Promise<EventAnswer> {
    const conversation = this.placement.of(event);
    if (by === 'humans') return this.takenOver(event, conversation);
    if (conversation === null) return ignored(event, 'group');
    const { held } = await this.steering.of(conversation);
    if (held === null) return ignored(event, 'not-held');
    await this.steering.hold(conversation, 0);
    return answer(event, 'released', conversation);
  }

  /** A human answers in the bot's place. */
  private async takenOver(
    event: EchoEvent | IgnoredEvent,
    conversation: Conversation | null,
  ): Promise<EventAnswer> {
    if (conversation === null) return ignored(event, 'group');
    switch (this.settings.of(conversation.companyId).humanReply.action) {
      case 'ignore':
        return ignored(event, 'human-reply');
      case 'hold':
        return answer(event, await this.hold(event, conversation), conversation);
      case 'clear': {
        const { cleared } = await this.open.clear(await this.typingAndHold.homeOf(conversation));
        return cleared === 0 ? ignored(event, 'no-window') : answer(event, 'cleared', conversation);
      }
    }
  }

  private hold(event: EchoEvent | IgnoredEvent, conversation: Conversation): Promise<'held'> {
    return event.kind === 'echo'
      ? this.typingAndHold.hold(conversation)
      : this.typingAndHold.hold(conversation, ATTENDED_MS);
  }
}

function answer(
  { kind, messageId }: PresenceEvent | EchoEvent | IgnoredEvent,
  outcome: EventAnswer['outcome'],
  { id }: Conversation,
): EventAnswer {
  return { kind, outcome, conversationId: id, messageId };
}
