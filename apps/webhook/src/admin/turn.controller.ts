import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import type { Request } from 'express';
import { type ConsumerCommit, ConsumerCommits, Turns } from '@app/batching';
import { parseConversationId } from '@app/contracts';
import { ProblemException } from '@app/platform';
import { AdminOnly } from '../access/admin-only';
import { CalledByPrograms } from '../access/audited.interceptor';
import { ApiProblems } from '../openapi/problems';
import { operatorLog } from './operator.log';
import { OperatorNotes } from './operator.notes';

class TurnBody {
  @ApiProperty({
    example: 'b-0b9d3c1e-1b9c-4b61-9d0f-6a2f4d0f9a10',
    description: 'The batch: the id of its job.',
  })
  @Matches(/^b-[\w-]{1,100}$/, { message: 'must be a batch id' })
  batchId!: string;
}

class TurnAnswer {
  @ApiProperty({ example: true })
  success!: boolean;

  @ApiProperty({ example: 'b-0b9d3c1e-1b9c-4b61-9d0f-6a2f4d0f9a10' })
  batchId!: string;
}

const REFUSALS: Record<Exclude<ConsumerCommit['outcome'], 'committed' | 'wait'>, string> = {
  muted: 'An operator has muted the bot for this conversation: the answer is not sent.',
  superseded: 'A later batch has the messages of this one: its answer is not sent.',
  busy: 'Another batch of this conversation is in its turn.',
  unknown: 'The queue has no such batch of this conversation.',
};

/** For bots that consume the queue themselves: may a batch's answer be sent, and is the batch done, so that the next may follow? */
@AdminOnly()
@Controller('admin/conversations')
export class TurnController {
  constructor(
    private readonly turns: Turns,
    private readonly commits: ConsumerCommits,
    private readonly notes: OperatorNotes,
  ) {}

  @CalledByPrograms()
  @Post(':id/commit')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Commit the answer to a batch, before it is sent: from then on no message supersedes the batch.',
    description:
      'May be repeated. 409: nothing is sent; `reason` is `superseded`, `muted`, `busy` or `unknown`. 425: the window is not over, or the customer types; ask again after `Retry-After` seconds.',
  })
  @ApiParam({ name: 'id', example: '962302:79001234567', description: 'The conversation id.' })
  @ApiOkResponse({ type: TurnAnswer })
  @ApiProblems(400, 409, 425)
  async commit(@Param('id') id: string, @Body() { batchId }: TurnBody): Promise<TurnAnswer> {
    const commit = await this.commits.commit(parseConversationId(id), batchId);
    switch (commit.outcome) {
      case 'committed':
        return { success: true, batchId };
      case 'wait':
        throw new ProblemException(
          425,
          { detail: 'The window of this batch is not over, or its customer types.' },
          Math.ceil(commit.waitMs / 1000),
        );
      default:
        throw new ProblemException(409, { detail: REFUSALS[commit.outcome], reason: commit.outcome });
    }
  }

  @CalledByPrograms()
  @Post(':id/done')
  @HttpCode(200)
  @ApiOperation({ summary: 'End the turn of a batch: the messages that came meanwhile may be handed off.' })
  @ApiParam({ name: 'id', example: '962302:79001234567', description: 'The conversation id.' })
  @ApiOkResponse({ type: TurnAnswer })
  @ApiProblems(400, 409)
  async done(
    @Req() request: Request,
    @Param('id') id: string,
    @Body() { batchId }: TurnBody,
  ): Promise<TurnAnswer> {
    if ((await this.turns.endOf(parseConversationId(id), batchId)) === 'stale') {
      throw new ProblemException(409, {
        detail: 'This conversation is in no turn of this batch: it is over already, or another batch has it.',
      });
    }
    this.notes.add(request, 'done', parseConversationId(id), { batchId });
    operatorLog.warn('Ended a turn', { conversationId: id, batchId });
    return { success: true, batchId };
  }
}
