import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { GatewayEvent } from '@app/gateways';

export const EVENT_OUTCOMES = [
  'opened',
  'extended',
  'full',
  'direct',
  'duplicate',
  'edited',
  'revoked',
  'early',
  'ended',
  'held',
  'released',
  'cleared',
  'forwarded',
  'ignored',
  'refused',
] as const;

/** The result of one event. */
export class EventAnswer {
  @ApiProperty({ example: 'message', description: 'The kind as which it was read.' })
  kind!: GatewayEvent['kind'];

  @ApiProperty({
    enum: EVENT_OUTCOMES,
    description:
      'Of a message, as at /webhook/whatsapp/batched. `edited`, `revoked`: a pending message was rewritten, taken back. ' +
      '`early`: the edit or revocation came before its message, and waits for it. ' +
      '`extended`, `ended`: a typing customer is waited for, or no longer. `held`, `cleared`: a human has answered. `released`: the bot answers again. ' +
      '`forwarded`: the bot is told of it. `ignored`: see `reason`. `refused`: not taken; to be sent again, if the answer is ' +
      '429, 500 or 503.',
  })
  outcome!: (typeof EVENT_OUTCOMES)[number];

  @ApiProperty({ nullable: true, type: String, example: '962302:79001234567' })
  conversationId!: string | null;

  @ApiProperty({ nullable: true, type: String, example: '3EB0A1B2C3D4E5F60718' })
  messageId!: string | null;

  @ApiPropertyOptional({ description: 'Why it was ignored or refused.', example: 'status-post' })
  reason?: string;
}

/** The answer to a gateway; `results` are in the order of the body, and empty if it could not be understood. */
export class EventsAnswer {
  @ApiProperty({ example: true })
  success!: boolean;

  @ApiProperty({ type: [EventAnswer] })
  results!: EventAnswer[];

  @ApiPropertyOptional({ description: 'How many further results were left out, beyond the first 10,000.' })
  omitted?: number;
}

/** The answer to an event that changes nothing, with the reason. */
export function ignored({ kind, messageId }: GatewayEvent, reason: string): EventAnswer {
  return { kind, outcome: 'ignored', conversationId: null, messageId, reason };
}
