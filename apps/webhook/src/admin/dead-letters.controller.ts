import { Controller, Delete, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import type { Request } from 'express';
import { DeadLetters, FailedDeliveries } from '@app/batching';
import { ProblemException } from '@app/platform';
import { AdminOnly } from '../access/admin-only';
import { ApiProblems } from '../openapi/problems';
import { decodeCursor, encodeCursor } from './cursor';
import { DeadLetterPageAnswer, DiscardAnswer, RedriveAnswer } from './dead-letter.answer';
import { DeadLetterList, isDeadLetterPlace } from './dead-letter.list';
import { operatorLog } from './operator.log';
import { OperatorNotes } from './operator.notes';
import { PageQuery } from './page.query';

const BATCH = { name: 'batchId', example: 'b-0b9d3c1e-1b9c-4b61-9d0f-6a2f4d0f9a10' };

/** Batches that could not be handed off, and messages that the bot did not get: kept until an operator decides. */
@AdminOnly()
@Controller('admin/dead-letters')
export class DeadLettersController {
  constructor(
    private readonly list: DeadLetterList,
    private readonly deadLetters: DeadLetters,
    private readonly failedDeliveries: FailedDeliveries,
    private readonly notes: OperatorNotes,
  ) {}

  @Get()
  @ApiOperation({
    summary:
      'Dead letters with their messages and why they are dead: the batcher’s, then the worker’s, newest first.',
  })
  @ApiOkResponse({ type: DeadLetterPageAnswer })
  async page(@Query() { cursor, limit }: PageQuery): Promise<DeadLetterPageAnswer> {
    const { items, cursor: next } = await this.list.page(limit, decodeCursor(cursor, isDeadLetterPlace));
    return { items, cursor: encodeCursor(next) };
  }

  @Post(':batchId/redrive')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Try a dead letter again, under its own id: hand it off ahead of what came since, or give it to the bot.',
  })
  @ApiParam(BATCH)
  @ApiOkResponse({ type: RedriveAnswer })
  @ApiProblems(404, 409)
  async redrive(@Req() request: Request, @Param('batchId') batchId: string): Promise<RedriveAnswer> {
    const conversation = await this.notes.conversationOf(batchId);
    const handOff = await this.deadLetters.redrive(batchId);
    const outcome = handOff === 'unknown' ? await this.failedDeliveries.redrive(batchId) : handOff;
    switch (outcome) {
      case 'redriven':
        if (conversation) this.notes.add(request, 'redrive', conversation, { batchId });
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
  @ApiOperation({
    summary:
      'Delete a dead letter for good; of a batch that was not handed off, the messages count as cleared.',
  })
  @ApiParam(BATCH)
  @ApiOkResponse({ type: DiscardAnswer })
  @ApiProblems(404, 409)
  async discard(@Req() request: Request, @Param('batchId') batchId: string): Promise<DiscardAnswer> {
    const conversation = await this.notes.conversationOf(batchId);
    const messages =
      (await this.deadLetters.discard(batchId)) || (await this.failedDeliveries.discard(batchId));
    if (messages === 0) throw noSuchLetter();
    if (messages === 'unsettled')
      throw new ProblemException(409, {
        detail: 'The hand-off of this batch is not recorded yet. Try again in a minute (CLAIM_LEASE).',
      });
    if (conversation) this.notes.add(request, 'discard', conversation, { batchId });
    operatorLog.warn('Deleted a dead letter', { batchId, messages });
    return { success: true, batchId, messages };
  }
}

function noSuchLetter(): ProblemException {
  return new ProblemException(404, { detail: 'There is no dead letter of this batch.' });
}
