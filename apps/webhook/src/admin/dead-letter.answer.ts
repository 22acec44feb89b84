import { ApiProperty } from '@nestjs/swagger';
import type { MergedPart, StoredMessage } from '@app/contracts';

const BATCH_ID = 'b-0b9d3c1e-1b9c-4b61-9d0f-6a2f4d0f9a10';

/** A batch that could not be handed off, or a merged message that could not be delivered to the bot. */
export class DeadLetterAnswer {
  @ApiProperty({ enum: ['batcher', 'worker'], description: 'The stage at which it failed.' })
  stage!: 'batcher' | 'worker';

  @ApiProperty({ example: BATCH_ID })
  batchId!: string;

  @ApiProperty({ example: '962302:79001234567' })
  conversationId!: string;

  @ApiProperty({ example: 'Missing lock for job', description: 'The error of the last attempt.' })
  error!: string;

  @ApiProperty({ example: 1721737400000, description: 'ms since the epoch' })
  buriedAt!: number;

  @ApiProperty({ type: [Object], example: [{ seq: 1, type: 'text', text: 'Запишите на стрижку меня' }] })
  messages!: (StoredMessage | MergedPart)[];

  @ApiProperty({
    nullable: true,
    type: Object,
    example: { status: 500, error: 'the bot answered 500', headers: {}, body: 'Internal Server Error' },
    description: 'The last answer of the bot, or of the gateway of a reply, as far as the worker kept it.',
  })
  lastAnswer!: object | null;
}

/** A page of dead letters. */
export class DeadLetterPageAnswer {
  @ApiProperty({ type: [DeadLetterAnswer] })
  items!: DeadLetterAnswer[];

  @ApiProperty({ nullable: true, type: String, example: null, description: 'Null: this was the last page.' })
  cursor!: string | null;
}

/** A dead letter that is due again. */
export class RedriveAnswer {
  @ApiProperty({ example: true })
  success!: boolean;

  @ApiProperty({ example: BATCH_ID })
  batchId!: string;
}

/** A deleted dead letter. */
export class DiscardAnswer extends RedriveAnswer {
  @ApiProperty({ example: 4, description: 'How many messages it held.' })
  messages!: number;
}
