import { ApiProperty } from '@nestjs/swagger';
import type { OpenBatchSummary } from '@app/batching';
import {
  type Channel,
  channelOf,
  CHANNELS,
  type CompanyId,
  phoneOf,
  type StoredMessage,
} from '@app/contracts';

const MESSAGE = {
  seq: 1,
  receivedAt: 1721737327012,
  timestamp: 1721737327000,
  messageId: '3EB0A1B2C3D4E5F60718',
  type: 'text',
  text: 'Запишите на стрижку меня',
};

/** What one conversation holds. Times are ms since the epoch. */
export class BatchAnswer {
  @ApiProperty({ example: '962302:79001234567' })
  conversationId!: string;

  @ApiProperty({ nullable: true, type: String, example: '79001234567' })
  phone!: string | null;

  @ApiProperty({
    enum: CHANNELS,
    example: 'whatsapp',
    description: 'The messenger on which the customer writes.',
  })
  channel!: Channel;

  @ApiProperty({
    nullable: true,
    oneOf: [{ type: 'integer' }, { type: 'string' }],
    example: 962302,
    description: 'As it was given, a number or text, as in the merged message.',
  })
  companyId!: CompanyId | null;

  @ApiProperty({
    enum: ['open', 'claimed', 'held'],
    description:
      '`claimed`: a batcher is handing a batch off. `held`: one is at the bot, which is not an operator’s hold.',
  })
  state!: OpenBatchSummary['state'];

  @ApiProperty({ example: 4, description: 'Messages, the claimed ones included.' })
  size!: number;

  @ApiProperty({ nullable: true, type: Number, example: 1721737327012 })
  firstMessageAt!: number | null;

  @ApiProperty({ nullable: true, type: Number, example: 1721737331873 })
  lastMessageAt!: number | null;

  @ApiProperty({
    nullable: true,
    type: Number,
    example: 1721737340873,
    description: 'Null while claimed or held.',
  })
  dueAt!: number | null;

  @ApiProperty({
    nullable: true,
    type: Object,
    example: null,
    description: '`{batchId, messages, leaseUntil, attempt}` of the batch that is being handed off.',
  })
  claim!: OpenBatchSummary['claim'];

  @ApiProperty({
    nullable: true,
    type: Object,
    example: null,
    description: '`{batchId}` of the batch that is at the bot.',
  })
  turn!: OpenBatchSummary['turn'];
}

/** One batch with its first 200 messages, claimed first. */
export class BatchWithMessagesAnswer extends BatchAnswer {
  @ApiProperty({ type: [Object], example: [MESSAGE] })
  messages!: StoredMessage[];
}

/** A page of open and claimed batches. */
export class BatchPageAnswer {
  @ApiProperty({ type: [BatchAnswer] })
  items!: BatchAnswer[];

  @ApiProperty({ nullable: true, type: String, example: null, description: 'Null: this was the last page.' })
  cursor!: string | null;
}

/** A batch, with or without its messages, in the form of the HTTP answers. */
export function batchAnswer<T extends OpenBatchSummary>({
  conversation,
  ...rest
}: T): BatchAnswer & Omit<T, 'conversation'> {
  const { id, customer, companyId } = conversation;
  return {
    conversationId: id,
    phone: phoneOf(customer),
    channel: channelOf(customer),
    companyId,
    ...rest,
  };
}
