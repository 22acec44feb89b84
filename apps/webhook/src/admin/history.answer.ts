import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  type Channel,
  CHANNELS,
  type CompanyId,
  FLUSH_REASONS,
  type FlushReason,
  type MergedMessage,
  type MergedPart,
  type WindowReport,
} from '@app/contracts';

const PART = {
  messageId: '3EB0A1B2C3D4E5F60718',
  type: 'text',
  text: 'Запишите на стрижку меня',
  timestamp: 1763700001000,
  receivedAt: 1763700001012,
  media: null,
  metadata: {},
  source: { gateway: 'waha', account: 'default', chatId: '79001234567@c.us' },
};

/** A merged message, as the queue and the bot get it. Times are ms since the epoch. */
export class MergedMessageAnswer implements MergedMessage {
  @ApiProperty({ enum: [1] })
  version!: 1;

  @ApiProperty({ example: 'b-0b9d3c1e-1b9c-4b61-9d0f-6a2f4d0f9a10' })
  batchId!: string;

  @ApiProperty({ example: '962302:79001234567' })
  conversationId!: string;

  @ApiProperty({ nullable: true, type: String, example: '79001234567' })
  phone!: string | null;

  @ApiProperty({
    nullable: true,
    oneOf: [{ type: 'integer' }, { type: 'string' }],
    example: 962302,
    description: 'As it was given, a number or text.',
  })
  companyId!: CompanyId | null;

  @ApiProperty({ example: 'Запишите на стрижку меня На завтра' })
  text!: string;

  @ApiProperty({ example: 2 })
  messageCount!: number;

  @ApiProperty({ type: [Object], example: [PART] })
  messages!: MergedPart[];

  @ApiProperty({ enum: FLUSH_REASONS, example: 'quiet' })
  flushReason!: FlushReason;

  @ApiProperty({ example: 1763700001000, description: 'By the sender’s clock, as far as it is known.' })
  firstMessageAt!: number;

  @ApiProperty({ example: 1763700004000 })
  lastMessageAt!: number;

  @ApiProperty({ example: 1763700013012 })
  flushedAt!: number;

  @ApiProperty({ enum: CHANNELS, example: 'whatsapp' })
  channel!: Channel;

  @ApiPropertyOptional({
    type: Object,
    example: { ms: 9000, why: 'fixed' },
    description: 'The silence that it waited for, and why.',
  })
  window?: WindowReport;
}

/** A page of the history. */
export class HistoryPageAnswer {
  @ApiProperty({ type: [MergedMessageAnswer] })
  items!: MergedMessageAnswer[];

  @ApiProperty({ nullable: true, type: String, example: null, description: 'Null: this was the last page.' })
  cursor!: string | null;
}
