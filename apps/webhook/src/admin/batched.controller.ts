import { Controller, Delete, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import type { Request } from 'express';
import { OpenBatches, ProcessRegistry, StatisticsReader } from '@app/batching';
import { SETTINGS, type Settings } from '@app/settings';
import { AdminOnly } from '../access/admin-only';
import { ApiProblems } from '../openapi/problems';
import { ClearAnswer } from '../whatsapp/answers';
import { nothingPending } from './batches.controller';
import { CompanyQuery, conversationsOf } from './customer.query';
import { operatorLog } from './operator.log';
import { OperatorNotes } from './operator.notes';
import { RedisIdentity } from './redis-identity';
import { StatisticsAnswer } from './statistics.answer';

/** The predecessor's two calls for operators, under its paths. */
@AdminOnly()
@Controller('webhook/whatsapp/batched')
export class BatchedController {
  constructor(
    private readonly open: OpenBatches,
    private readonly statistics: StatisticsReader,
    private readonly redis: RedisIdentity,
    private readonly processRegistry: ProcessRegistry,
    private readonly notes: OperatorNotes,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get('stats')
  @ApiOperation({ summary: 'What is pending, and the accounts.' })
  @ApiOkResponse({ type: StatisticsAnswer })
  async stats(): Promise<StatisticsAnswer> {
    const { window } = this.settings;
    return {
      ...(await this.statistics.read()),
      config: { batchTimeout: window.quietMs, maxBatchSize: window.maxSize, batchMaxWait: window.maxWaitMs },
      redis: await this.redis.read(),
      processors: this.processRegistry.processors,
      findings: this.processRegistry.findings,
    };
  }

  @Delete(':phone')
  @ApiOperation({ summary: 'Remove a customer’s pending messages; messages that are already claimed stay.' })
  @ApiParam({ name: 'phone', example: '79001234567' })
  @ApiOkResponse({ type: ClearAnswer })
  @ApiProblems(404)
  async clear(
    @Req() request: Request,
    @Param('phone') phone: string,
    @Query() company: CompanyQuery,
  ): Promise<ClearAnswer> {
    const answer: ClearAnswer = { success: true, cleared: { conversations: 0, messages: 0 }, claimed: 0 };
    for (const conversation of await conversationsOf(this.open, phone, company)) {
      const { cleared, claimed } = await this.open.clear(conversation);
      answer.claimed += claimed;
      if (cleared === 0) continue;
      answer.cleared.conversations += 1;
      answer.cleared.messages += cleared;
      this.notes.add(request, 'clear', conversation, { detail: `${cleared} messages` });
      operatorLog.warn('Cleared a batch', { conversationId: conversation.id, cleared, claimed });
    }
    if (answer.cleared.conversations + answer.claimed === 0) throw nothingPending();
    return answer;
  }
}
