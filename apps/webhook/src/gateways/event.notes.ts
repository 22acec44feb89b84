import { Inject, Injectable } from '@nestjs/common';
import { TimelineRecorder } from '@app/batching';
import { type Conversation, parseConversationId, type TakeoverNote, type TimelineNote } from '@app/contracts';
import type { EditEvent, GatewayEvent, IgnoredEvent, IgnoredReason, RevokeEvent } from '@app/gateways';
import { SETTINGS, type Settings } from '@app/settings';
import type { EventAnswer } from './event.answer';
import { Placement } from './placement';
import { ATTENDED_MS } from './typing-and-hold.intake';

/** A customer wrote something, and no bot will see it; any other reason is about no words of a customer's. */
const UNREAD: ReadonlySet<IgnoredReason> = new Set<IgnoredReason>([
  'empty',
  'invalid-field',
  'malformed',
  'undecrypted',
]);

/** What was done with an event. */
export type EventResult = Pick<EventAnswer, 'outcome' | 'conversationId' | 'reason'>;

/** Notes for the timeline what an event did and no list, history or job will show. Nothing waits for it. */
@Injectable()
export class EventNotes {
  constructor(
    private readonly timeline: TimelineRecorder,
    private readonly placement: Placement,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'of'>,
  ) {}

  /** Accepted messages cost nothing here: they stand in the window. */
  note(event: GatewayEvent, result: EventResult): void {
    const note = this.noteOf(event, result);
    const conversation = note && this.conversationOf(event, result);
    if (note && conversation) this.timeline.record(conversation, note);
  }

  private noteOf(event: GatewayEvent, result: EventResult): TimelineNote | null {
    switch (event.kind) {
      case 'message':
        return result.outcome === 'ignored' ? ignored(event, result.reason ?? '') : null;
      case 'ignored':
        return UNREAD.has(event.reason) ? ignored(event, event.reason) : this.attendance(event, result);
      case 'unsupported':
        return ignored(event, 'unsupported');
      case 'edit':
      case 'revoke':
        return change(event, result);
      case 'echo':
        return event.viaApi ? null : this.takeover(result);
      case 'presence':
      case 'reaction':
      case 'status':
      case 'system':
        return null;
    }
  }

  /** Who answers has changed, and did something. */
  private attendance({ attendedBy }: IgnoredEvent, result: EventResult): TimelineNote | null {
    if (attendedBy === undefined || result.outcome === 'ignored') return null;
    if (result.outcome === 'released') return { kind: 'takeover', did: 'released', why: 'status' };
    const note = this.takeover(result);
    return note && { ...note, why: 'status', ...(note.did === 'held' && { forMs: ATTENDED_MS }) };
  }

  /** By a human; our own reply that came back under a human's name is none. */
  private takeover({ outcome, reason, conversationId }: EventResult): TakeoverNote | null {
    if (reason === 'group' || reason === 'via-api' || outcome === 'refused') return null;
    const companyId = conversationId === null ? null : parseConversationId(conversationId).companyId;
    const { holdMs } = this.settings.of(companyId).humanReply;
    if (outcome === 'held') return { kind: 'takeover', did: 'held', forMs: holdMs };
    return { kind: 'takeover', did: outcome === 'cleared' ? 'cleared' : 'nothing' };
  }

  /** Also that of a group whose messages are ignored. */
  private conversationOf(event: GatewayEvent, { conversationId }: EventResult): Conversation | null {
    if (conversationId !== null) return parseConversationId(conversationId);
    return this.placement.of(event) ?? this.placement.ofChat(event);
  }
}

function ignored({ gateway, messageId }: GatewayEvent, reason: string): TimelineNote {
  return { kind: 'ignored', reason, gateway, messageId };
}

/** An edited message that is pending has its edit with it; a repeated one says nothing new. */
function change(
  { kind, targetId }: EditEvent | RevokeEvent,
  { outcome, reason }: EventResult,
): TimelineNote | null {
  if (outcome === 'edited' || outcome === 'duplicate' || outcome === 'refused') return null;
  // Told to the bot or not: the message had been handed off.
  if (outcome === 'forwarded') return { kind, targetId, outcome: 'forwarded' };
  return { kind, targetId, outcome: outcome === 'ignored' ? (reason ?? outcome) : outcome };
}
