import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  type Appended,
  AppendMetrics,
  BatchService,
  conversationOf,
  type Conversation,
  customerIdOf,
  type GroupPolicy,
  identify,
  type IncomingMessage,
  type Media,
  SETTINGS,
  type Settings,
} from '@app/batching';
import { type FieldError, invalid, ProblemException } from '@app/platform';
import { instanceToPlain } from 'class-transformer';
import { customerUnder } from '../groups';
import { takeInTurn, worstOf } from '../in-turn';
import { overCap } from '../over-cap';
import type { MessageAnswer } from './answers';
import type { MessageDto } from './message.dto';
import type { ReadItem, UnreadableItem } from './message.reader';
import { readTimestamp } from './timestamp';

type Placed = { conversation: Conversation } | { ignored: 'broadcast' | 'from-me' | 'group' };

/** An item, and where it belongs. */
type PlacedItem = UnreadableItem | { ok: true; message: MessageDto; placed: Placed };

/** Takes messages in, one atomic append each, in the order in which they stand. */
@Injectable()
export class Intake {
  private readonly logger = new Logger('Messages');

  constructor(
    private readonly batches: BatchService,
    private readonly metrics: AppendMetrics,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * Each item is tried. Where one is refused for now, the answer is an error with the results of all: those that were
   * taken and have ids are duplicates when all are sent again.
   *
   * @param direct due at once, together with what is pending.
   * @throws ProblemException 400 naming the fields at fault, where not one item can be read; 413 where one is too large
   *   for any batch and none was stored; 429 for a full conversation; 503 without Redis; 500 for a fault of ours.
   */
  async takeAll(items: readonly ReadItem[], direct: boolean): Promise<MessageAnswer[]> {
    this.refuseUnreadable(items);
    const { answers, refusals } = await takeInTurn(
      items.map((item) => this.placed(item)),
      {
        conversationOf: (item) =>
          item.ok && 'conversation' in item.placed ? item.placed.conversation.id : null,
        take: (item) => this.take(item, direct),
        refused: (item, { reason }) =>
          unplaced(item.ok ? (item.message.messageId ?? null) : null, 'refused', reason),
      },
    );
    if (refusals.length > 0) throw worstOf(refusals, answers);
    this.refuseTooLarge(answers);
    return answers;
  }

  private refuseUnreadable(items: readonly ReadItem[]): void {
    const faulty = items.filter((item): item is UnreadableItem => !item.ok);
    faulty.forEach(() => this.metrics.appended('invalid'));
    if (faulty.length === items.length) throw invalid(faulty.flatMap(({ errors }) => errors));
  }

  /** Sent again, it would be as large; but that is no reason to refuse those beside it. */
  private refuseTooLarge(answers: readonly MessageAnswer[]): void {
    const tooLarge = answers.filter(({ reason }) => reason === 'too-large');
    if (tooLarge.length === 0 || answers.some(({ outcome }) => outcome !== 'ignored')) return;
    const { maxBytes } = this.settings.window;
    const detail = `${tooLarge.length === 1 ? 'A message is' : 'Messages are'} larger than ${maxBytes} bytes (MAX_BATCH_BYTES), the text counted once.`;
    throw new ProblemException(413, { detail, ...(answers.length > 1 && { results: answers }) });
  }

  private placed(item: ReadItem): PlacedItem {
    return item.ok ? { ...item, placed: place(item.message, this.settings.gateways.groups) } : item;
  }

  private async take(item: PlacedItem, direct: boolean): Promise<MessageAnswer> {
    if (!item.ok) return unreadable(item.errors);
    const { message, placed } = item;
    if ('ignored' in placed) return unplaced(message.messageId ?? null, 'ignored', placed.ignored);
    const appended = await this.batches.append(placed.conversation, incoming(message), direct);
    return this.answer(message.messageId ?? null, appended);
  }

  private answer(messageId: string | null, appended: Appended): MessageAnswer {
    const { id } = appended.conversation;
    switch (appended.outcome) {
      case 'too-large':
        this.logger.warn('A message is larger than MAX_BATCH_BYTES and was not stored', {
          conversationId: id,
          maxBytes: appended.maxBytes,
        });
        return Object.assign(unplaced(messageId, 'ignored', 'too-large'), {
          success: false,
          conversationId: id,
        });
      case 'over-cap':
        throw overCap(id, appended);
      case 'revoked':
        return unplaced(messageId, 'ignored', 'revoked');
      default: {
        const { outcome, size, dueAt } = appended;
        return { success: true, outcome, conversationId: id, messageId, size, dueAt };
      }
    }
  }
}

function place({ phone, companyId, fromMe, author }: MessageDto, groups: GroupPolicy): Placed {
  if (fromMe === true) return { ignored: 'from-me' };
  const customer = identify(phone);
  if (!('id' in customer)) return { ignored: 'broadcast' };
  const whose = customerUnder(groups, customer.id, customerIdOf(author ?? ''));
  return whose === null ? { ignored: 'group' } : { conversation: conversationOf(whose, companyId ?? null) };
}

function incoming({
  phone,
  message,
  messageId,
  timestamp,
  type,
  media,
  metadata,
  author,
}: MessageDto): IncomingMessage {
  return {
    messageId: messageId ?? null,
    type,
    text: message ?? media?.caption ?? '',
    media: media ? (instanceToPlain(media) as Media) : null,
    metadata: author === undefined ? metadata : { ...metadata, sender: customerIdOf(author) ?? author },
    source: { gateway: 'generic', account: null, chatId: phone },
    timestamp: timestamp === undefined ? null : readTimestamp(timestamp),
    // Forwarders are anybody's code: their ids may be counted in each chat anew.
    idsPerChat: true,
  };
}

function unreadable(errors: FieldError[]): MessageAnswer {
  return Object.assign(unplaced(null, 'ignored', 'invalid'), { success: false, errors });
}

function unplaced(messageId: string | null, outcome: 'ignored' | 'refused', reason: string): MessageAnswer {
  return {
    success: outcome === 'ignored',
    outcome,
    conversationId: null,
    messageId,
    size: 0,
    dueAt: null,
    reason,
  };
}
