import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EVENT_OUTCOMES } from '../gateways/event.answer';

/** The result of one message. Times are ms since the epoch. */
export class MessageAnswer {
  @ApiProperty({ example: true })
  success!: boolean;

  @ApiProperty({
    enum: EVENT_OUTCOMES,
    description:
      '`opened`: the first of a batch. `extended`: joined one. `full`: completed one. `direct`: due at once. ' +
      '`duplicate`: known already. `ignored`: nothing that a bot answers, not readable, or too large for any batch (see `reason`). `refused`: in the ' +
      '`results` of a 429, 500 or 503 only: not stored, to be sent again. The others: what a ' +
      'whole object of Venom’s that is no message did, as at /webhook/venom.',
  })
  outcome!: (typeof EVENT_OUTCOMES)[number];

  @ApiProperty({ nullable: true, type: String, example: '962302:79001234567' })
  conversationId!: string | null;

  @ApiProperty({ nullable: true, type: String, example: '3EB0A1B2C3D4E5F60718' })
  messageId!: string | null;

  @ApiProperty({ example: 1, description: 'Messages not yet claimed.' })
  size!: number;

  @ApiProperty({
    nullable: true,
    type: Number,
    example: 1721737336000,
    description: 'When the batch is due.',
  })
  dueAt!: number | null;

  @ApiPropertyOptional({ description: 'Why a message was ignored or refused.', example: 'status-post' })
  reason?: string;

  @ApiPropertyOptional({ description: 'The wrong fields of an item that cannot be read.' })
  errors?: { field: string; message: string }[];
}

/** The answer to a list; `results` are in the order of `messages`. */
export class MessagesAnswer {
  @ApiProperty({ example: true })
  success!: boolean;

  @ApiProperty({ type: [MessageAnswer] })
  results!: MessageAnswer[];
}

/** The result of a clear. */
export class ClearAnswer {
  @ApiProperty({ example: true })
  success!: boolean;

  @ApiProperty({ example: { conversations: 1, messages: 4 } })
  cleared!: { conversations: number; messages: number };

  @ApiProperty({
    example: 0,
    description: 'Messages already claimed: their hand-off may be under way, they stay.',
  })
  claimed!: number;
}
