import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { Unreadable } from '@app/batching';
import { AdminOnly } from '../access/admin-only';
import { StreamPageQuery } from './page.query';
import { UnreadablePageAnswer } from './unreadable.answer';

/** Gateways' bodies and the bot's answers that were not understood: a new format, a mistake, or a fault of ours. */
@AdminOnly()
@Controller('admin/unreadable')
export class UnreadableController {
  constructor(private readonly unreadable: Unreadable) {}

  @Get()
  @ApiOperation({
    summary: 'Gateways’ bodies and the bot’s answers that were not fully understood, newest first, redacted.',
  })
  @ApiOkResponse({ type: UnreadablePageAnswer })
  page(@Query() { cursor, limit }: StreamPageQuery): Promise<UnreadablePageAnswer> {
    return this.unreadable.page(limit, cursor ?? null);
  }
}
