import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import { History } from '@app/batching';
import { AdminOnly } from '../access/admin-only';
import { customerOf } from './customer.query';
import { HistoryPageAnswer } from './history.answer';
import { StreamsPageQuery } from './page.query';

class HistoryQuery extends StreamsPageQuery {
  @ApiPropertyOptional({ example: '79001234567', description: 'Only this customer’s, in any spelling.' })
  @IsOptional()
  @IsString()
  phone?: string;
}

/** The backup: batches handed off, within `HISTORY_MAX`, `HISTORY_TTL` and `HISTORY_BYTES`. */
@AdminOnly()
@Controller('admin/history')
export class HistoryController {
  constructor(private readonly history: History) {}

  @Get()
  @ApiOperation({ summary: 'Batches handed off, newest first.' })
  @ApiOkResponse({ type: HistoryPageAnswer })
  page(@Query() { phone, cursor, limit }: HistoryQuery): Promise<HistoryPageAnswer> {
    return this.history.page(limit, cursor ?? null, phone === undefined ? null : customerOf(phone));
  }
}
