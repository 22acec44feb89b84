import { ApiProperty } from '@nestjs/swagger';
import type { KeptUnreadable } from '@app/batching';

/** A body that was not fully understood, without its secrets and files. */
export class UnreadableAnswer implements KeptUnreadable {
  @ApiProperty({ example: '1763700001000-0' })
  id!: string;

  @ApiProperty({ example: 1763700001000, description: 'ms since the epoch' })
  receivedAt!: number;

  @ApiProperty({ example: 'waha', description: '`bot`: it is an answer of the bot.' })
  gateway!: string;

  @ApiProperty({ type: [String], example: ['malformed'] })
  reasons!: string[];

  @ApiProperty({ example: 812, description: 'The received size.' })
  bytes!: number;

  @ApiProperty({ description: 'True: it was too large to keep, and `body` is its beginning as text.' })
  isCut!: boolean;

  @ApiProperty({ nullable: true, description: 'Null if it was not JSON.', example: { event: 'message' } })
  body!: unknown;
}

/** A page of unreadable bodies. */
export class UnreadablePageAnswer {
  @ApiProperty({ type: [UnreadableAnswer] })
  items!: UnreadableAnswer[];

  @ApiProperty({ nullable: true, type: String, example: null, description: 'Null: this was the last page.' })
  cursor!: string | null;
}
