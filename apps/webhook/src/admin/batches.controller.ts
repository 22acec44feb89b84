import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import { BatchService, isDirectoryEntry, OpenBatches } from '@app/batching';
import { ProblemException } from '@app/platform';
import { AdminOnly } from '../access/admin-only';
import { ApiProblems } from '../openapi/problems';
import { batchAnswer, BatchPageAnswer, BatchWithMessagesAnswer } from './batch.answer';
import { BatchesQuery } from './batches.query';
import { decodeCursor, encodeCursor } from './cursor';
import { CompanyQuery, conversationsOf } from './customer.query';

/** Shows what waits, and where; these calls change nothing. */
@AdminOnly()
@Controller('admin/batches')
export class BatchesController {
  constructor(
    private readonly batches: BatchService,
    private readonly open: OpenBatches,
  ) {}

  @Get()
  @ApiOperation({
    summary:
      'Open and claimed batches, by customer; with `companyId` a page may be short and still have a cursor.',
  })
  @ApiOkResponse({ type: BatchPageAnswer })
  async page(@Query() { cursor, limit, companyId }: BatchesQuery): Promise<BatchPageAnswer> {
    const page = await this.open.page(limit, decodeCursor(cursor, isDirectoryEntry), companyId ?? null);
    return { items: page.items.map((batch) => batchAnswer(batch)), cursor: encodeCursor(page.cursor) };
  }

  @Get(':phone')
  @ApiOperation({ summary: 'One customer’s batch with its messages, claimed first.' })
  @ApiParam({ name: 'phone', example: '79001234567', description: 'In any spelling.' })
  @ApiOkResponse({ type: BatchWithMessagesAnswer })
  @ApiProblems(404, 409)
  async one(@Param('phone') phone: string, @Query() company: CompanyQuery): Promise<BatchWithMessagesAnswer> {
    const conversations = await conversationsOf(this.open, phone, company);
    const [conversation, ...others] = conversations;
    if (others.length > 0) throw ambiguous(conversations.map(({ id }) => id));
    const batch = conversation && (await this.batches.read(conversation));
    if (!batch) throw nothingPending();
    return batchAnswer(batch);
  }
}

/** 404: nothing waits for this customer, or not with this company. */
export function nothingPending(): ProblemException {
  return new ProblemException(404, { detail: 'This customer has nothing pending.' });
}

function ambiguous(conversations: string[]): ProblemException {
  return new ProblemException(409, {
    detail: 'Several companies have a batch of this customer. Say which with companyId.',
    conversations,
  });
}
