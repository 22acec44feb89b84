import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiPropertyOptional } from '@nestjs/swagger';
import { History, type HistoryPage } from '@app/batching';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import { AdminOnly } from '../access/admin-only';
import { customerOf } from './customer.query';

class HistoryQuery {
  @ApiPropertyOptional({ example: '79001234567', description: 'Only this customer’s, in any spelling.' })
  @IsOptional()
  @IsString()
  phone?: string;

  @ApiPropertyOptional({ description: 'From the answer before; left out: the newest.' })
  @IsOptional()
  // Within what Redis takes for a stream id: both parts fit 64 bits, and something can stand before it.
  @Matches(/^[1-9]\d{0,18}-\d{1,19}(?:-\d{1,4})?$/, { message: 'must be the cursor of an earlier answer' })
  cursor?: string;

  @ApiPropertyOptional({ default: 20, minimum: 1, maximum: 100 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit: number = 20;
}

/** The backup: batches handed off, as `HISTORY_MAX`, `HISTORY_TTL` and `HISTORY_BYTES` still hold them. */
@AdminOnly()
@Controller('admin/history')
export class HistoryController {
  constructor(private readonly history: History) {}

  @Get()
  @ApiOperation({ summary: 'Batches handed off, newest first.' })
  @ApiOkResponse({ description: '`{items, cursor}`; each item is the merged message as the bot got it.' })
  page(@Query() { phone, cursor, limit }: HistoryQuery): Promise<HistoryPage> {
    return this.history.page(limit, cursor ?? null, phone === undefined ? null : customerOf(phone));
  }
}
