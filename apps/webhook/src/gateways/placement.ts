import { Inject, Injectable } from '@nestjs/common';
import { type CompanyId, type Conversation, conversationOf, type CustomerId } from '@app/contracts';
import type { EventBase, EventOrigin } from '@app/gateways';
import { SETTINGS, type Settings } from '@app/settings';
import { customerUnder } from '../groups';
import { chatIn } from './chat';
import { companyOf } from './company';

/** Determines the conversation of an event, for every route. */
@Injectable()
export class Placement {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  /** The event's conversation; null if it names no customer, or it is a group's and those are ignored. */
  of(event: EventBase): Conversation | null {
    const chat = chatIn(event);
    const home = chat && customerUnder(this.settings.gateways.groups, chat, event.sender);
    return home === null ? null : this.with(event, home);
  }

  /** The conversation of the chat itself, also of a group whose messages are ignored; null if the event names none. */
  ofChat(event: EventBase): Conversation | null {
    const chat = chatIn(event);
    return chat === null ? null : this.with(event, chat);
  }

  /** The company at which an event came in; null if nothing says it. */
  companyOf(origin: EventOrigin): CompanyId | null {
    return companyOf(origin, this.settings.companies);
  }

  /** Another customer's conversation with the business at which an event came in. */
  with(origin: EventOrigin, customer: CustomerId): Conversation {
    return conversationOf(customer, this.companyOf(origin));
  }
}
