import { Inject, Injectable } from '@nestjs/common';
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
import { overCap } from '../over-cap';
import type { MessageAnswer } from './answers';
import type { MessageDto } from './message.dto';
import type { ReadItem, UnreadableItem } from './message.reader';
import { readTimestamp } from './timestamp';

type Placed = { conversation: Conversation } | { ignored: 'broadcast' | 'from-me' | 'group' };

/** Takes messages in, one atomic append each, in the order in which they stand. */
@Injectable()
export class Intake {
  constructor(
    private readonly batches: BatchService,
    private readonly metrics: AppendMetrics,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * One after the other, for their order is the order of arrival; the first refusal refuses all, to be sent again.
   *
   * @param direct due at once, together with what is pending.
   * @throws ProblemException 400 naming every field at fault, where not one item can be read; 413 or 429 for a message
   *   that cannot be stored.
   * @throws StoreUnavailableError where Redis cannot serve.
   */
  async takeAll(items: readonly ReadItem[], direct: boolean): Promise<MessageAnswer[]> {
    this.refuseUnreadable(items);
    const answers: MessageAnswer[] = [];
    for (const item of items) answers.push(await this.take(item, direct));
    return answers;
  }

  private refuseUnreadable(items: readonly ReadItem[]): void {
    const faulty = items.filter((item): item is UnreadableItem => !item.ok);
    faulty.forEach(() => this.metrics.appended('invalid'));
    if (faulty.length === items.length) throw invalid(faulty.flatMap(({ errors }) => errors));
  }

  private async take(item: ReadItem, direct: boolean): Promise<MessageAnswer> {
    if (!item.ok) return unreadable(item.errors);
    const { message } = item;
    const placed = place(message, this.settings.gateways.groups);
    if ('ignored' in placed) return unplaced(message.messageId ?? null, placed.ignored);
    const appended = await this.batches.append(placed.conversation, incoming(message), direct);
    return answer(message, appended);
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

function answer(message: MessageDto, appended: Appended): MessageAnswer {
  const { id } = appended.conversation;
  switch (appended.outcome) {
    case 'too-large':
      throw new ProblemException(413, {
        detail: `A message of ${id} is larger than ${appended.maxBytes} bytes (MAX_BATCH_BYTES), its text counted once.`,
      });
    case 'over-cap':
      throw overCap(id, appended);
    case 'revoked':
      return unplaced(message.messageId ?? null, 'revoked');
    default: {
      const { outcome, size, dueAt } = appended;
      return {
        success: true,
        outcome,
        conversationId: id,
        messageId: message.messageId ?? null,
        size,
        dueAt,
      };
    }
  }
}

function unreadable(errors: FieldError[]): MessageAnswer {
  return Object.assign(unplaced(null, 'invalid'), { success: false, errors });
}

function unplaced(messageId: string | null, reason: string): MessageAnswer {
  return { success: true, outcome: 'ignored', conversationId: null, messageId, size: 0, dueAt: null, reason };
}
