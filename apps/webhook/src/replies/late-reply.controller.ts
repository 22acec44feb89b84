import { Body, Controller, HttpCode, Logger, Param, Post, UseGuards, UseInterceptors } from '@nestjs/common';
import {
  ApiBody,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiSecurity,
  ApiTags,
} from '@nestjs/swagger';
import { LateReplies, type LateReplyOutcome } from '@app/batching';
import { JsonBody, ProblemException } from '@app/platform';
import { ApiProblems } from '../openapi/problems';
import { lateAnswerOf } from './late-answer';
import { LATE_REPLY_BODY, LateReplyAnswer } from './late-reply.answer';
import { LateReplyMetrics } from './late-reply.metrics';
import { ReplyGuard } from './reply.guard';

const BATCH_ID = /^b-[\w-]{1,100}$/;

const REFUSALS: Record<Exclude<LateReplyOutcome, 'kept' | 'duplicate'>, [status: number, detail: string]> = {
  superseded: [409, 'A later batch has the messages of this one: its reply is not sent.'],
  muted: [409, 'The bot is muted for this conversation: its reply is not sent.'],
  over: [409, 'This batch has been answered, or has come to its end without an answer.'],
  unknown: [404, 'The queue has no such batch.'],
};

/** For bots that answer a call with 202, and reply when they are done. */
@ApiTags('bots')
@Controller('replies')
export class LateReplyController {
  private readonly logger = new Logger('LateReplies');

  constructor(
    private readonly lateReplies: LateReplies,
    private readonly metrics: LateReplyMetrics,
  ) {}

  @Post(':batchId')
  @HttpCode(200)
  @UseGuards(ReplyGuard)
  @UseInterceptors(JsonBody)
  @ApiSecurity('admin')
  @ApiOperation({
    summary: 'The reply of a bot that answered the call with 202.',
    description:
      'Sent to the customer once, as an answer to the call would be. May be repeated: `duplicate`. 409: nothing is sent; `reason` is `superseded`, `muted` or `over`. Needs the admin key, or the token of the header `reply-url` that the call had.',
  })
  @ApiParam({ name: 'batchId', example: 'b-0b9d3c1e-1b9c-4b61-9d0f-6a2f4d0f9a10' })
  @ApiQuery({
    name: 'token',
    required: false,
    description: 'As `reply-url` has it, in place of the admin key.',
  })
  @ApiBody(LATE_REPLY_BODY)
  @ApiOkResponse({ type: LateReplyAnswer })
  @ApiProblems(400, 401, 403, 404, 409, 413, 415, 429, 503)
  async take(@Param('batchId') batchId: string, @Body() body: unknown): Promise<LateReplyAnswer> {
    const answer = lateAnswerOf(body);
    const outcome = BATCH_ID.test(batchId) ? await this.lateReplies.keep(batchId, answer) : 'unknown';
    this.metrics.came(outcome);
    if (outcome === 'kept' || outcome === 'duplicate') {
      this.logger.log('A late reply', { batchId, outcome, replies: answer.replies.length });
      return { success: true, batchId, outcome: outcome === 'kept' ? 'accepted' : outcome };
    }
    this.logger.warn('A late reply was refused: nothing of it is sent', { batchId, reason: outcome });
    const [status, detail] = REFUSALS[outcome];
    throw new ProblemException(status, { detail, reason: outcome });
  }
}
