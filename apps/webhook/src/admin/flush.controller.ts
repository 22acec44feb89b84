import { Controller, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProperty } from '@nestjs/swagger';
import type { Request } from 'express';
import { OpenBatches } from '@app/batching';
import { AdminOnly } from '../access/admin-only';
import { ApiProblems } from '../openapi/problems';
import { nothingPending } from './batches.controller';
import { CompanyQuery, conversationsOf } from './customer.query';
import { operatorLog } from './operator.log';
import { OperatorNotes } from './operator.notes';

class FlushAnswer {
  @ApiProperty({ example: true })
  success!: boolean;

  @ApiProperty({ example: { conversations: 1, messages: 4 } })
  flushed!: { conversations: number; messages: number };
}

/** Hands a batch off without waiting for its silence. */
@AdminOnly()
@Controller('admin/batches')
export class FlushController {
  constructor(
    private readonly open: OpenBatches,
    private readonly notes: OperatorNotes,
  ) {}

  @Post(':phone/flush')
  @HttpCode(200)
  @ApiOperation({ summary: 'Make a customer’s pending messages due now; a pause still holds them back.' })
  @ApiParam({ name: 'phone', example: '79001234567', description: 'In any spelling.' })
  @ApiOkResponse({ type: FlushAnswer })
  @ApiProblems(404)
  async flush(
    @Req() request: Request,
    @Param('phone') phone: string,
    @Query() company: CompanyQuery,
  ): Promise<FlushAnswer> {
    const flushed = { conversations: 0, messages: 0 };
    for (const conversation of await conversationsOf(this.open, phone, company)) {
      const messages = await this.open.flush(conversation, 'manual');
      if (messages === 0) continue;
      flushed.conversations += 1;
      flushed.messages += messages;
      this.notes.add(request, 'flush', conversation, { detail: `${messages} messages` });
      operatorLog.warn('Flushed a batch', { conversationId: conversation.id, messages });
    }
    if (flushed.conversations === 0) throw nothingPending();
    return { success: true, flushed };
  }
}
