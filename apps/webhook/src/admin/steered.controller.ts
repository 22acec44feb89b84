import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty } from '@nestjs/swagger';
import { type Order, ORDER_KINDS, type OrderKind, Steering } from '@app/batching';
import { AdminOnly } from '../access/admin-only';

class OrderAnswer implements Order {
  @ApiProperty({ enum: ORDER_KINDS })
  order!: OrderKind;

  @ApiProperty({ example: '962302:79001234567' })
  conversationId!: string;

  @ApiProperty({
    nullable: true,
    type: Number,
    example: 1721739136000,
    description: 'When it ends by itself, ms since the epoch; null: only an operator ends it.',
  })
  until!: number | null;
}

class OrdersAnswer {
  @ApiProperty({ type: [OrderAnswer] })
  items!: OrderAnswer[];
}

/** What is ordered for conversations, so that nobody is muted and forgotten. */
@AdminOnly()
@Controller('admin/steered')
export class SteeredController {
  constructor(private readonly steering: Steering) {}

  @Get()
  @ApiOperation({
    summary: 'Conversations that are held, muted or blocked, what ends soonest first; up to 1,000.',
  })
  @ApiOkResponse({ type: OrdersAnswer })
  async all(): Promise<OrdersAnswer> {
    return { items: await this.steering.all() };
  }
}
