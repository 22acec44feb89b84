import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { Turns } from '@app/batching';
import { parseConversationId } from '@app/contracts';
import { ProblemException } from '@app/platform';
import { AdminOnly } from '../access/admin-only';
import { ApiProblems } from '../openapi/problems';
import { operatorLog } from './operator.log';

class DoneBody {
  @ApiProperty({ example: 'b-0b9d3c1e-1b9c-4b61-9d0f-6a2f4d0f9a10', description: 'The batch that is done.' })
  @Matches(/^b-[\w-]{1,100}$/, { message: 'must be a batch id' })
  batchId!: string;
}

class DoneAnswer {
  @ApiProperty({ example: true })
  success!: boolean;

  @ApiProperty({ example: 'b-0b9d3c1e-1b9c-4b61-9d0f-6a2f4d0f9a10' })
  batchId!: string;
}

/** For bots that consume the queue themselves: they report that a batch is done, so that the next may follow. */
@AdminOnly()
@Controller('admin/conversations')
export class TurnController {
  constructor(private readonly turns: Turns) {}

  @Post(':id/done')
  @HttpCode(200)
  @ApiOperation({ summary: 'End the turn of a batch: the messages that came meanwhile may be handed off.' })
  @ApiParam({ name: 'id', example: '962302:79001234567', description: 'The conversation id.' })
  @ApiOkResponse({ type: DoneAnswer })
  @ApiProblems(400, 409)
  async done(@Param('id') id: string, @Body() { batchId }: DoneBody): Promise<DoneAnswer> {
    if ((await this.turns.endOf(parseConversationId(id), batchId)) === 'stale') {
      throw new ProblemException(409, {
        detail: 'This conversation is in no turn of this batch: it is over already, or another batch has it.',
      });
    }
    operatorLog.warn('Ended a turn', { conversationId: id, batchId });
    return { success: true, batchId };
  }
}
