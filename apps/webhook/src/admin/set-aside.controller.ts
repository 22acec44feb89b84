import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProperty } from '@nestjs/swagger';
import { type Repaired, SetAside, type SetAsideConversation } from '@app/batching';
import { parseConversationId } from '@app/contracts';
import { ProblemException } from '@app/platform';
import { AdminOnly } from '../access/admin-only';
import { ApiProblems } from '../openapi/problems';
import { operatorLog } from './operator.log';

class SetAsideItem implements SetAsideConversation {
  @ApiProperty({ example: '962302:79001234567' })
  conversationId!: string;

  @ApiProperty({ example: 1721737336000, description: 'ms since the epoch' })
  since!: number;

  @ApiProperty({ example: 'its list holds 2 messages, its state knows of 3' })
  reason!: string;
}

class SetAsideAnswer {
  @ApiProperty({ type: [SetAsideItem] })
  items!: SetAsideItem[];
}

class RepairAnswer implements Repaired {
  @ApiProperty({ example: true })
  success!: boolean;

  @ApiProperty({ example: 2, description: 'Messages that the conversation holds now.' })
  messages!: number;

  @ApiProperty({
    example: 0,
    description: 'Of them, those in a claim: their job is made once, if it is not there.',
  })
  claimed!: number;

  @ApiProperty({
    example: 0,
    description: 'Entries that are not messages, kept for a week under another key.',
  })
  unreadable!: number;
}

/** Damaged conversations: kept as they are until an operator has them repaired. */
@AdminOnly()
@Controller('admin/set-aside')
export class SetAsideController {
  constructor(private readonly setAside: SetAside) {}

  @Get()
  @ApiOperation({
    summary: 'Damaged conversations, with the reason; nothing is done to them.',
  })
  @ApiOkResponse({ type: SetAsideAnswer })
  async all(): Promise<SetAsideAnswer> {
    return { items: await this.setAside.some() };
  }

  @Post(':id/repair')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Make a conversation sound again from what is left of it; its messages are due now. Where its state cannot be read, what was claimed may be handed off twice.',
  })
  @ApiParam({ name: 'id', example: '962302:79001234567', description: 'The conversation id.' })
  @ApiOkResponse({ type: RepairAnswer })
  @ApiProblems(404)
  async repair(@Param('id') id: string): Promise<RepairAnswer> {
    const conversation = parseConversationId(id);
    if (!(await this.setAside.has(conversation))) {
      throw new ProblemException(404, { detail: 'This conversation is not set aside.' });
    }
    const repaired = await this.setAside.repair(conversation);
    operatorLog.warn('Repaired a conversation', { conversationId: id, ...repaired });
    return { success: true, ...repaired };
  }
}
