import { Controller, Delete, Param, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProperty } from '@nestjs/swagger';
import type { Request } from 'express';
import { BOT_MEMORIES, type BotMemory, BotStates } from '@app/batching';
import { parseConversationId } from '@app/contracts';
import { AdminOnly } from '../access/admin-only';
import { operatorLog } from './operator.log';
import { OperatorNotes } from './operator.notes';

class ForgottenAnswer {
  @ApiProperty({ example: true })
  success!: boolean;

  @ApiProperty({
    enum: BOT_MEMORIES,
    isArray: true,
    example: ['bot-state'],
    description: 'What there was: `bot-state` is what a bot left, the others are what the assistant knew.',
  })
  forgotten!: BotMemory[];
}

/** Lets a bot begin a conversation anew. */
@AdminOnly()
@Controller('admin/conversations')
export class BotStateController {
  constructor(
    private readonly states: BotStates,
    private readonly notes: OperatorNotes,
  ) {}

  @Delete(':id/bot-state')
  @ApiOperation({
    summary: 'Forget what is kept of a conversation for its bot, and what the assistant knows of it.',
    description:
      'The next call of the bot begins anew. May be repeated; what is pending, the history and what the bot itself keeps stay as they are.',
  })
  @ApiParam({ name: 'id', example: '962302:79001234567', description: 'The conversation id.' })
  @ApiOkResponse({ type: ForgottenAnswer })
  async forget(@Req() request: Request, @Param('id') id: string): Promise<ForgottenAnswer> {
    const conversation = parseConversationId(id);
    const forgotten = await this.states.forget(conversation);
    this.notes.add(request, 'forget', conversation, { detail: forgotten.join(', ') || 'nothing was kept' });
    operatorLog.warn('Forgot what was kept for the bot', { conversationId: id, forgotten });
    return { success: true, forgotten };
  }
}
