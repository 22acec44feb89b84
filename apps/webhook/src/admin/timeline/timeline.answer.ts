import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ATTEMPT_OUTCOMES, type Said } from '@app/contracts';

export const TIMELINE_KINDS = [
  'message',
  'edit',
  'revoke',
  'ignored',
  'transcript',
  'batch',
  'attempt',
  'picture',
  'reply',
  'takeover',
  'hold',
  'mute',
  'operator',
] as const;

/** One thing that happened; further fields depend on its kind. */
export class TimelineEntryAnswer {
  @ApiProperty({ example: 1763700001000, description: 'ms since the epoch; of what is so at present, now' })
  at!: number;

  @ApiProperty({ example: '2025-11-21T04:40:01.000Z', description: 'The same, ISO 8601.' })
  time!: string;

  @ApiProperty({ enum: TIMELINE_KINDS, example: 'reply' })
  kind!: (typeof TIMELINE_KINDS)[number];

  @ApiProperty({ example: '962302:79001234567' })
  conversationId!: string;

  @ApiProperty({
    example: 'Reply 1 went nowhere but into the log: no sender is configured for waha',
    description: 'The entry in plain words; they may change.',
  })
  says!: string;

  @ApiProperty({
    nullable: true,
    type: String,
    example: 'Set WAHA_API_URL, and restart the workers',
    description: 'The setting or call that mends it; null where nothing is wrong or held back.',
  })
  mend!: string | null;

  @ApiProperty({
    type: Object,
    description: 'The same as stable codes with what they are filled with, to be said in another language.',
    example: {
      says: { code: 'reply.logged', values: { nth: 1, gateway: 'waha' } },
      mend: { code: 'reply.logged.mend', values: { variable: 'WAHA_API_URL', replay: 'POST /admin/…' } },
    },
  })
  said!: Said;

  @ApiPropertyOptional({
    example: 'b-0b9d3c1e-1b9c-4b61-9d0f-6a2f4d0f9a10',
    nullable: true,
    type: String,
    description: '`message`: the batch that holds it. `batch`, `attempt`, `picture`, `reply`: which one.',
  })
  batchId?: string | null;

  @ApiPropertyOptional({ description: '`message`, `edit`, `reply`: the words, as far as they are kept.' })
  text?: string;

  @ApiPropertyOptional({
    nullable: true,
    type: Number,
    description: '`message`: from the arrival of the one before it, ms.',
  })
  gapMs?: number | null;

  @ApiPropertyOptional({
    description:
      '`batch`: `filling`, `handed-off`, `waiting`, `superseded`, `muted`, `late`, `dead-letter`. `reply`: `sent`, `logged`, `unknown`, `unsent`, `refused`, `undelivered`.',
  })
  state?: string;

  @ApiPropertyOptional({
    type: Object,
    description: '`batch`: the silence that it waited for, and why.',
    example: { ms: 9000, why: 'fixed' },
  })
  window?: { ms: number; why: string };

  @ApiPropertyOptional({
    description:
      '`batch`: what ended its window. `ignored`: why. `transcript`: why a voice note has no words. `picture`: why the bot was not shown it.',
  })
  reason?: string;

  @ApiPropertyOptional({
    description: `\`attempt\`: ${ATTEMPT_OUTCOMES.map((outcome) => `\`${outcome}\``).join(', ')}. \`edit\`, \`revoke\`: what it did.`,
  })
  outcome?: string;

  @ApiPropertyOptional({
    nullable: true,
    type: Number,
    example: 200,
    description: '`attempt`: HTTP’s; null without an answer.',
  })
  status?: number | null;

  @ApiPropertyOptional({ example: 2100, description: '`attempt`: how long it took, ms.' })
  ms?: number;

  @ApiPropertyOptional({
    nullable: true,
    type: String,
    description: '`attempt`: the beginning of what the bot answered, phones masked where the log’s are.',
  })
  answer?: string | null;

  @ApiPropertyOptional({ description: 'Why it is no success.' })
  error?: string;
}

/** What happened to a customer's conversations. */
export class TimelineAnswer {
  @ApiProperty({ type: [TimelineEntryAnswer], description: 'Oldest first.' })
  entries!: TimelineEntryAnswer[];

  @ApiProperty({
    example: false,
    description:
      'True: older batches may be missing, because there was more to look through; ask with `from` and `to`.',
  })
  isCut!: boolean;
}
