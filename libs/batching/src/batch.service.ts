import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  type Conversation,
  parseConversationId,
  phoneOf,
  encodeBody,
  type IncomingMessage,
  memberOf,
} from '@app/contracts';
import { authorIn } from './changes/authorship';
import { EarlyChanges, type KnownChange } from './changes/early-changes';
import { editedEarlier } from './changes/edits';
import { StoreUnavailableError } from './redis/outage';
import { BatchStore } from './store/batch-store';
import { identityOf, type MessageAddress } from './store/message-identity';
import { append, type AppendReply } from './store/scripts/append';
import { AppendMetrics, type AppendObserver, NO_APPEND_OBSERVER } from './window/append.metrics';
import { type OpenBatch, readOpenBatch } from './window/open-batch';
import { PreemptiveStart } from './window/preemptive-start';

/**
 * The result of a message, and its conversation: that of the customer's phone, if it came for an alias.
 * `too-large`: one message alone exceeds `MAX_BATCH_BYTES`; nothing was stored.
 */
export type Appended = (AppendReply | { outcome: 'too-large'; maxBytes: number }) & {
  conversation: Conversation;
};

/**
 * Stores messages, and shows what a conversation holds. An `append` is one script, or two: it is repeated if the
 * first finds that the conversation is an alias, or that an edit came before the message.
 */
@Injectable()
export class BatchService {
  private readonly logger = new Logger(BatchService.name);

  private readonly early: EarlyChanges;
  private readonly start: PreemptiveStart;

  constructor(
    private readonly store: BatchStore,
    @Inject(AppendMetrics) private readonly observer: AppendObserver = NO_APPEND_OBSERVER,
  ) {
    this.early = new EarlyChanges(store);
    this.start = new PreemptiveStart(store);
  }

  /**
   * Stores a message; a message that is reported as stored survives whatever dies next. A message whose id is known is a
   * `duplicate` and changes nothing; one without an id is always new.
   *
   * @param direct due at once, together with what is pending.
   * @throws StoreUnavailableError if Redis cannot serve now; sending again is safe if messages have ids.
   */
  async append(conversation: Conversation, message: IncomingMessage, direct = false): Promise<Appended> {
    try {
      const appended = await this.push(conversation, message, direct);
      this.observer.appended(appended.outcome, 'isSlowed' in appended ? appended : undefined);
      // Without its id: WhatsApp's ids contain the customer's phone, in a spelling that no mask knows.
      this.logger.log(`Message: ${appended.outcome}`, { conversationId: appended.conversation.id });
      return appended;
    } catch (error) {
      if (error instanceof StoreUnavailableError) this.observer.appended('unavailable');
      throw error;
    }
  }

  /** The contents of a conversation, with its first 200 messages; null if it holds nothing. */
  read(conversation: Conversation): Promise<OpenBatch | null> {
    return readOpenBatch(this.store, conversation);
  }

  private async push(
    conversation: Conversation,
    message: IncomingMessage,
    direct: boolean,
    earlier = NO_CHANGE,
  ): Promise<Appended> {
    const keys = this.store.keysOf(conversation);
    const { companyId } = conversation;
    const settings = this.store.settings.of(companyId);
    const { window, memory, transcription } = settings;
    const isTooLarge = (text: string): boolean => Buffer.byteLength(text) > window.maxStoredBytes;
    const asSent = encodeBody(message, companyId);
    if (isTooLarge(asSent)) return { outcome: 'too-large', maxBytes: window.maxBytes, conversation };
    const stored =
      earlier.edit === null
        ? message
        : editedEarlier(message, earlier.edit, (one) => isTooLarge(encodeBody(one, companyId)));
    const { idsPerChat = false } = message;
    // A habit chooses the silence in the script, unless the message's type asks for a longer one.
    const quietMs = window.quietMsByType.get(message.type) ?? (window.endpointing ? 0 : window.quietMs);
    const identity = identityOf(addressOf(message, conversation));
    const known = { seen: keys.seen(identity), change: keys.change(identity) };
    const reply = await this.store.change(
      append,
      conversation,
      {
        ...known,
        alias: keys.alias(conversation.id),
        superseded: keys.superseded,
        awaited: keys.awaited,
      },
      {
        body: stored === message ? asSent : encodeBody(stored, companyId),
        knownChange: earlier.value,
        whereAndWho: whereAndWho(conversation, message),
        direct,
        mayBeAlias: phoneOf(conversation.customer) === null,
        isRememberedHere: idsPerChat || this.store.partitions.all.length > 1,
        timestampMs: message.timestamp ?? 0,
        quietMs,
        startMs: this.start.of(companyId),
        // What is due at once waits for nothing.
        awaitMs: stored.awaitsWords && !direct ? transcription.timeoutMs : 0,
        dedupTtlMs: message.messageId === null ? 0 : memory.dedupTtlMs,
        ownLimits: this.store.ownLimitsOf(settings),
      },
    );
    switch (reply.outcome) {
      case 'forwarded':
        // A phone is never an alias, so this ends at the second try. The company is the same, as its owner wrote it.
        return this.push({ ...parseConversationId(reply.to), companyId }, message, direct, earlier);
      case 'edited-earlier':
        return this.push(
          conversation,
          message,
          direct,
          await this.early.judge(reply.change, conversation, message, known),
        );
      default:
        return { ...reply, conversation };
    }
  }
}

const NO_CHANGE: KnownChange = { value: '', edit: null };

function addressOf(
  { messageId, source, idsPerChat }: IncomingMessage,
  { companyId, customer }: Conversation,
): MessageAddress {
  const { gateway, account } = source;
  return { companyId, gateway, account, messageId: messageId ?? '', ...(idsPerChat && { chat: customer }) };
}

/** The value stored for a message's id: its conversation and, if that is a whole group, the member who spoke. */
function whereAndWho(conversation: Conversation, message: IncomingMessage): string {
  const author = memberOf(conversation.customer) === null ? authorIn(conversation, message) : null;
  return author === null ? conversation.id : `${conversation.id} ${author}`;
}
