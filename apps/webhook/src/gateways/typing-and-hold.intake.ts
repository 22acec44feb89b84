import { Inject, Injectable } from '@nestjs/common';
import { OpenBatches, TypingAndHold } from '@app/batching';
import type { Conversation } from '@app/contracts';
import type { EchoEvent, PresenceEvent } from '@app/gateways';
import { SETTINGS, type Settings } from '@app/settings';
import { type EventAnswer, ignored } from './event.answer';
import { Placement } from './placement';

/** Takes in events that are no messages, but change how long messages wait: typing, and a colleague's own answer. */
@Injectable()
export class TypingAndHoldIntake {
  constructor(
    private readonly typingAndHold: TypingAndHold,
    private readonly open: OpenBatches,
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
    if (event.viaApi) return ignored(event, 'via-api');
    const conversation = this.placement.of(event);
    if (conversation === null) return ignored(event, 'group');
    switch (this.settings.humanReply.action) {
      case 'ignore':
        return ignored(event, 'human-reply');
      case 'hold':
        return answer(event, await this.typingAndHold.hold(conversation), conversation);
      case 'clear': {
        const { cleared } = await this.open.clear(await this.typingAndHold.homeOf(conversation));
        return cleared === 0 ? ignored(event, 'no-window') : answer(event, 'cleared', conversation);
      }
    }
  }
}

function answer(
  { kind, messageId }: PresenceEvent | EchoEvent,
  outcome: EventAnswer['outcome'],
  { id }: Conversation,
): EventAnswer {
  return { kind, outcome, conversationId: id, messageId };
}
