import { Injectable } from '@nestjs/common';
import type { GatewayEvent, MessageEvent } from '@app/gateways';
import { ChangeIntake } from './change.intake';
import { type EventAnswer, ignored } from './event.answer';
import { EventForwarder } from './event.forwarder';
import { Placement } from './placement';
import { ReceiptIntake } from './receipt.intake';
import { TypingAndHoldIntake } from './typing-and-hold.intake';

/** Carries out events that are no messages, for every route. */
@Injectable()
export class ActionIntake {
  constructor(
    private readonly changes: ChangeIntake,
    private readonly typingAndHold: TypingAndHoldIntake,
    private readonly receipts: ReceiptIntake,
    private readonly forwarder: EventForwarder,
    private readonly placement: Placement,
  ) {}

  /**
   * @throws ProblemException 429 if an edit finds its conversation full.
   * @throws StoreUnavailableError if Redis cannot serve.
   */
  async take(event: Exclude<GatewayEvent, MessageEvent>): Promise<EventAnswer> {
    switch (event.kind) {
      case 'edit':
      case 'revoke':
        return this.changes.take(event);
      case 'presence':
        return this.typingAndHold.takePresence(event);
      case 'echo':
        return this.typingAndHold.takeEcho(event);
      case 'status':
        return this.receipts.take(event, this.placement.of(event));
      case 'reaction':
      case 'system':
      case 'unsupported':
        return this.forwarder.take(event, this.placement.of(event), 'not-acted-on');
      case 'ignored':
        return event.attendedBy === undefined
          ? ignored(event, event.reason)
          : this.typingAndHold.takeAttendance(event, event.attendedBy);
      default:
        return event satisfies never;
    }
  }
}
