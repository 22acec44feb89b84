import { Controller, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import type { Request } from 'express';
import { Steering, TimelineRecorder, WaitingBatches } from '@app/batching';
import type { Conversation, TimelineNote } from '@app/contracts';
import { SETTINGS, type Settings } from '@app/settings';
import { AdminOnly } from '../access/admin-only';
import { operatorOf } from '../access/operators';
import { CompanyQuery } from './customer.query';
import { operatorLog } from './operator.log';
import { SteeredConversations } from './steered-conversations';

const MINUTE_MS = 60_000;
const MINUTES_OF_A_DAY = 24 * 60;
const MINUTES_OF_A_YEAR = 365 * MINUTES_OF_A_DAY;

class HoldQuery extends CompanyQuery {
  @ApiPropertyOptional({
    minimum: 1,
    maximum: MINUTES_OF_A_DAY,
    description: 'Left out: `HUMAN_REPLY_HOLD`.',
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MINUTES_OF_A_DAY)
  minutes?: number;
}

class OrderQuery extends CompanyQuery {
  @ApiPropertyOptional({
    minimum: 1,
    maximum: MINUTES_OF_A_YEAR,
    description: 'Left out: until an operator ends it.',
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MINUTES_OF_A_YEAR)
  minutes?: number;
}

class SteeringAnswer {
  @ApiProperty({ example: true })
  success!: boolean;

  @ApiProperty({
    nullable: true,
    type: Number,
    example: 1721739136000,
    description:
      'When it ends by itself, ms since the epoch; null: it is ended, or only an operator ends it.',
  })
  until!: number | null;

  @ApiProperty({ example: ['962302:79001234567'], description: 'The conversations that it concerns.' })
  conversations!: string[];
}

/** What to do to each conversation, and what its timeline and the log say. */
interface Verb {
  done: string;
  act: (conversation: Conversation) => Promise<number | null>;
  note: (until: number | null, by: string) => TimelineNote;
}

const PHONE = { name: 'phone', example: '79001234567', description: 'In any spelling.' };

/** An operator's hand on one conversation: the bot is muted, messages wait, or a sender is ignored. */
@AdminOnly()
@Controller('admin/conversations')
export class SteeringController {
  constructor(
    private readonly steering: Steering,
    private readonly waiting: WaitingBatches,
    private readonly conversations: SteeredConversations,
    private readonly timeline: TimelineRecorder,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Post(':phone/mute')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Mute the bot: messages are stored, merged and recorded, and nothing is answered.',
  })
  @ApiParam(PHONE)
  @ApiOkResponse({ type: SteeringAnswer })
  mute(
    @Req() request: Request,
    @Param('phone') phone: string,
    @Query() query: OrderQuery,
  ): Promise<SteeringAnswer> {
    return this.each(request, phone, query, {
      done: 'Muted the bot',
      act: async (conversation) => {
        const until = await this.steering.mute(conversation, timeOf(query));
        await this.waiting.hearMute(conversation);
        return until;
      },
      note: (until, by) => ({ kind: 'mute', isMuted: true, until, by }),
    });
  }

  @Post(':phone/unmute')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let the bot answer again what comes from now on.' })
  @ApiParam(PHONE)
  @ApiOkResponse({ type: SteeringAnswer })
  unmute(
    @Req() request: Request,
    @Param('phone') phone: string,
    @Query() query: CompanyQuery,
  ): Promise<SteeringAnswer> {
    return this.each(request, phone, query, {
      done: 'Unmuted the bot',
      act: (conversation) => this.steering.mute(conversation, 0),
      note: (until, by) => ({ kind: 'mute', isMuted: false, until, by }),
    });
  }

  @Post(':phone/hold')
  @HttpCode(200)
  @ApiOperation({ summary: 'Hold a conversation: its messages wait, unless somebody flushes them.' })
  @ApiParam(PHONE)
  @ApiOkResponse({ type: SteeringAnswer })
  hold(
    @Req() request: Request,
    @Param('phone') phone: string,
    @Query() query: HoldQuery,
  ): Promise<SteeringAnswer> {
    return this.each(request, phone, query, {
      done: 'Held a conversation',
      act: (conversation) => this.steering.hold(conversation, timeOf(query) ?? this.holdMsOf(conversation)),
      note: (until, by) => ({ kind: 'hold', isHeld: true, until, by }),
    });
  }

  @Post(':phone/release')
  @HttpCode(200)
  @ApiOperation({ summary: 'End every hold of a conversation, also one that a colleague’s answer began.' })
  @ApiParam(PHONE)
  @ApiOkResponse({ type: SteeringAnswer })
  release(
    @Req() request: Request,
    @Param('phone') phone: string,
    @Query() query: CompanyQuery,
  ): Promise<SteeringAnswer> {
    return this.each(request, phone, query, {
      done: 'Released a conversation',
      act: (conversation) => this.steering.hold(conversation, 0),
      note: (until, by) => ({ kind: 'hold', isHeld: false, until, by }),
    });
  }

  @Post(':phone/block')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Block a sender: what they write is answered `ignored` (`blocked`), and not stored.',
  })
  @ApiParam(PHONE)
  @ApiOkResponse({ type: SteeringAnswer })
  block(
    @Req() request: Request,
    @Param('phone') phone: string,
    @Query() query: OrderQuery,
  ): Promise<SteeringAnswer> {
    return this.each(request, phone, query, {
      done: 'Blocked a sender',
      act: (conversation) => this.steering.block(conversation, timeOf(query)),
      note: (_, by) => ({ kind: 'operator', act: 'block', by }),
    });
  }

  @Post(':phone/unblock')
  @HttpCode(200)
  @ApiOperation({ summary: 'Store again what a sender writes from now on.' })
  @ApiParam(PHONE)
  @ApiOkResponse({ type: SteeringAnswer })
  unblock(
    @Req() request: Request,
    @Param('phone') phone: string,
    @Query() query: CompanyQuery,
  ): Promise<SteeringAnswer> {
    return this.each(request, phone, query, {
      done: 'Unblocked a sender',
      act: (conversation) => this.steering.block(conversation, 0),
      note: (_, by) => ({ kind: 'operator', act: 'unblock', by }),
    });
  }

  /** As long as a colleague's answer holds it. */
  private holdMsOf({ companyId }: Conversation): number {
    return this.settings.of(companyId).humanReply.holdMs;
  }

  private async each(
    request: Request,
    phone: string,
    company: CompanyQuery,
    { done, act, note }: Verb,
  ): Promise<SteeringAnswer> {
    const { name } = operatorOf(request);
    const answer: SteeringAnswer = { success: true, until: null, conversations: [] };
    for (const conversation of await this.conversations.of(phone, company)) {
      answer.until = await act(conversation);
      answer.conversations.push(conversation.id);
      this.timeline.record(conversation, note(answer.until, name));
      operatorLog.warn(done, { conversationId: conversation.id, until: answer.until, operator: name });
    }
    return answer;
  }
}

function timeOf({ minutes }: { minutes?: number }): number | null {
  return minutes === undefined ? null : minutes * MINUTE_MS;
}
