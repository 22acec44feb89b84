import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { DeadLetters, FailedDeliveries, TimelineRecorder } from '@app/batching';
import { type Conversation, parseConversationId } from '@app/contracts';
import { operatorOf } from '../access/operators';

/** What an operator did to a conversation, for its timeline; nothing waits for a note. */
@Injectable()
export class OperatorNotes {
  constructor(
    private readonly timeline: TimelineRecorder,
    private readonly deadLetters: DeadLetters,
    private readonly failedDeliveries: FailedDeliveries,
  ) {}

  /** @param act a verb, such as `flush`. */
  add(
    request: Request,
    act: string,
    conversation: Conversation,
    more: { batchId?: string; detail?: string } = {},
  ): void {
    this.timeline.record(conversation, { kind: 'operator', act, by: operatorOf(request).name, ...more });
  }

  /** The conversation of a dead letter, asked before it is moved; null if there is none. */
  async conversationOf(batchId: string): Promise<Conversation | null> {
    const letter = (await this.deadLetters.read(batchId)) ?? (await this.failedDeliveries.read(batchId));
    return letter === null ? null : parseConversationId(letter.conversationId);
  }
}
