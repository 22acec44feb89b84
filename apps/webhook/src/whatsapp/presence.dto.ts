import { ApiProperty, PickType } from '@nestjs/swagger';
import { MessageDto } from './message.dto';

export const PRESENCE_STATES = ['composing', 'recording', 'paused'] as const;
const OUTCOMES = ['extended', 'ended', 'no-window', 'ignored'] as const;

/** A customer types, records, or has stopped. */
export class PresenceDto extends PickType(MessageDto, ['phone', 'companyId'] as const) {
  @ApiProperty({ enum: PRESENCE_STATES })
  state!: (typeof PRESENCE_STATES)[number];
}

/** The result of a presence. */
export class PresenceAnswer {
  @ApiProperty({ example: true })
  success!: boolean;

  @ApiProperty({
    enum: OUTCOMES,
    description:
      '`extended`: the open window, or the answer to a batch at the bot, waits a silence (`BATCH_TIMEOUT`) longer, at most `BATCH_MAX_WAIT` in all. `ended`: it waits no ' +
      'longer than its messages alone make it. `no-window`: there is neither, and none was opened. `ignored`: no customer.',
  })
  outcome!: (typeof OUTCOMES)[number];

  @ApiProperty({ nullable: true, type: String, example: '962302:79001234567' })
  conversationId!: string | null;
}
