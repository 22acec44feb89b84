import { Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import { DeadLetters } from '@app/batching';
import { ProblemException } from '@app/platform';
import { AdminOnly } from '../access/admin-only';
import { ApiProblems } from '../openapi/problems';
import { decodeCursor, encodeCursor } from './cursor';
import { DeadLetterPageAnswer, DiscardAnswer, RedriveAnswer } from './dead-letter.answer';
import { operatorLog } from './operator.log';
import { PageQuery } from './page.query';

const BATCH = { name: 'batchId', example: 'b-0b9d3c1e-1b9c-4b61-9d0f-6a2f4d0f9a10' };

/** Batches that could not be handed off, kept until an operator decides. */
@AdminOnly()
@Controller('admin/dead-letters')
export class DeadLettersController {
  constructor(private readonly deadLetters: DeadLetters) {}

  @Get()
  @ApiOperation({ summary: 'Dead letters with their messages and why they are dead, newest first.' })
  @ApiOkResponse({ type: DeadLetterPageAnswer })
  async page(@Query() { cursor, limit }: PageQuery): Promise<DeadLetterPageAnswer> {
    const { items, cursor: next } = await this.deadLetters.page(limit, decodeCursor(cursor, /^\d+ \S+$/));
    return { items, cursor: encodeCursor(next) };
  }

  @Post(':batchId/redrive')
  @HttpCode(200)
  @ApiOperation({ summary: 'Make a dead letter due again, under its own id and ahead of what came since.' })
  @ApiParam(BATCH)
  @ApiOkResponse({ type: RedriveAnswer })
  @ApiProblems(404, 409)
  async redrive(@Param('batchId') batchId: string): Promise<RedriveAnswer> {
    const outcome = await this.deadLetters.redrive(batchId);
    switch (outcome) {
      case 'redriven':
        operatorLog.warn('Redrove a dead letter', { batchId });
        return { success: true, batchId };
      case 'busy':
        throw new ProblemException(409, {
          detail: 'Another batch of this conversation is being handed off. Try again when it is done.',
        });
      case 'unknown':
        throw noSuchLetter();
    }
  }

  @Delete(':batchId')
  @ApiOperation({ summary: 'Delete a dead letter for good; its messages count as cleared.' })
  @ApiParam(BATCH)
  @ApiOkResponse({ type: DiscardAnswer })
  @ApiProblems(404)
  async discard(@Param('batchId') batchId: string): Promise<DiscardAnswer> {
    const messages = await this.deadLetters.discard(batchId);
    if (messages === 0) throw noSuchLetter();
    operatorLog.warn('Deleted a dead letter', { batchId, messages });
    return { success: true, batchId, messages };
  }
}

function noSuchLetter(): ProblemException {
  return new ProblemException(404, { detail: 'There is no dead letter of this batch.' });
}
