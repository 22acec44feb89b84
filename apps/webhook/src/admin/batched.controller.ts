import { Controller, Delete, Get, Inject, Logger, Param, Query, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { BatchService, MeetingPoint, SETTINGS, type Settings } from '@app/batching';
import { ProblemException } from '@app/platform';
import { AdminGuard } from '../access/guards';
import { ApiProblems } from '../openapi/problems';
import { ClearAnswer } from '../whatsapp/answers';
import { CompanyQuery, conversationsOf } from './customer.query';
import { RedisIdentity } from './redis-identity';
import { StatisticsAnswer } from './statistics.answer';

/** The predecessor's two calls for operators, under its paths. */
@ApiTags('operators')
@ApiSecurity('admin')
@ApiProblems(400, 401, 404, 503)
@UseGuards(AdminGuard)
@Controller('webhook/whatsapp/batched')
export class BatchedController {
  private readonly logger = new Logger('Operator');

  constructor(
    private readonly batches: BatchService,
    private readonly redis: RedisIdentity,
    private readonly meetingPoint: MeetingPoint,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get('stats')
  @ApiOperation({ summary: 'What is pending, and the accounts.' })
  @ApiOkResponse({ type: StatisticsAnswer })
  async stats(): Promise<StatisticsAnswer> {
    const { window } = this.settings;
    return {
      ...(await this.batches.statistics()),
      config: { batchTimeout: window.quietMs, maxBatchSize: window.maxSize, batchMaxWait: window.maxWaitMs },
      redis: await this.redis.read(),
      processors: this.meetingPoint.processors,
      findings: this.meetingPoint.findings,
    };
  }

  @Delete(':phone')
  @ApiOperation({ summary: 'Remove what is pending of a customer; what is already claimed stays.' })
  @ApiParam({ name: 'phone', example: '79001234567' })
  @ApiOkResponse({ type: ClearAnswer })
  async clear(@Param('phone') phone: string, @Query() company: CompanyQuery): Promise<ClearAnswer> {
    const answer: ClearAnswer = { success: true, cleared: { conversations: 0, messages: 0 }, claimed: 0 };
    for (const conversation of await conversationsOf(this.batches, phone, company)) {
      const { cleared, claimed } = await this.batches.clear(conversation);
      answer.claimed += claimed;
      if (cleared === 0) continue;
      answer.cleared.conversations += 1;
      answer.cleared.messages += cleared;
      this.logger.warn('Cleared a batch', { conversationId: conversation.id, cleared, claimed });
    }
    if (answer.cleared.conversations + answer.claimed === 0) throw nothingPending();
    return answer;
  }
}

function nothingPending(): ProblemException {
  return new ProblemException(404, { detail: 'This customer has nothing pending.' });
}
