import { Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProperty } from '@nestjs/swagger';
import type { Request } from 'express';
import { Replay } from '@app/batching';
import { parseConversationId } from '@app/contracts';
import { ProblemException } from '@app/platform';
import { AdminOnly } from '../access/admin-only';
import { ApiProblems } from '../openapi/problems';
import { operatorLog } from './operator.log';
import { OperatorNotes } from './operator.notes';

class ReplayAnswer {
  @ApiProperty({ example: true })
  success!: boolean;

  @ApiProperty({ example: 'b-4f0c8f0e-5d0b-4a55-9a59-0f6d0f2b7c11', description: 'The id of the new job.' })
  batchId!: string;

  @ApiProperty({ example: 'b-0b9d3c1e-1b9c-4b61-9d0f-6a2f4d0f9a10' })
  replayOf!: string;
}

/** Hands a batch from the history off again. */
@AdminOnly()
@Controller('admin/history')
export class ReplayController {
  constructor(
    private readonly replay: Replay,
    private readonly notes: OperatorNotes,
  ) {}

  @Post(':batchId/replay')
  @HttpCode(200)
  @ApiOperation({ summary: 'Hand the same merged message off again, as a new job; also during a pause.' })
  @ApiParam({ name: 'batchId', example: 'b-0b9d3c1e-1b9c-4b61-9d0f-6a2f4d0f9a10' })
  @ApiOkResponse({ type: ReplayAnswer })
  @ApiProblems(404, 422)
  async run(@Req() request: Request, @Param('batchId') replayOf: string): Promise<ReplayAnswer> {
    const outcome = await this.replay.run(replayOf);
    switch (outcome.kind) {
      case 'replayed':
        this.notes.add(request, 'replay', parseConversationId(outcome.message.conversationId), {
          batchId: outcome.batchId,
          detail: `of ${replayOf}`,
        });
        operatorLog.warn('Replayed a batch', {
          batchId: outcome.batchId,
          replayOf,
          conversationId: outcome.message.conversationId,
          messages: outcome.message.messageCount,
        });
        return { success: true, batchId: outcome.batchId, replayOf };
      case 'unknown':
        throw new ProblemException(404, { detail: 'The history does not hold this batch, or no longer.' });
      case 'refused':
        operatorLog.error('The queue refused a replay', { replayOf, error: outcome.error.message });
        throw new ProblemException(422, { detail: 'The queue refuses this message. The log says why.' });
      case 'unavailable':
        operatorLog.error('A replay may not have reached the queue', {
          batchId: outcome.batchId,
          replayOf,
          error: outcome.error.message,
        });
        // No Retry-After: a second replay is a second job, so a person must look before trying again.
        throw new ProblemException(503, {
          detail:
            'The queue gave no answer. See whether it has a job of this batchId before you replay again.',
          batchId: outcome.batchId,
        });
    }
  }
}
