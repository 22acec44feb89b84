import { Controller, HttpCode, Post, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Min } from 'class-validator';
import type { Request } from 'express';
import { BulkRedrive, DEAD_LETTER_STAGES, type DeadLetterStage } from '@app/batching';
import { ProblemException } from '@app/platform';
import { AdminOnly } from '../access/admin-only';
import { ApiProblems } from '../openapi/problems';
import { CompanyQuery } from './customer.query';
import { operatorLog } from './operator.log';
import { OperatorNotes } from './operator.notes';

const A_TIME = { message: 'must be ms since the epoch, or a time by ISO 8601' };

/** A time as ms, or by ISO 8601. */
function timeOf({ value }: { value: unknown }): unknown {
  return typeof value === 'string' ? (/^\d+$/.test(value) ? Number(value) : Date.parse(value)) : value;
}

class BulkRedriveQuery extends CompanyQuery {
  @ApiPropertyOptional({ enum: DEAD_LETTER_STAGES, description: 'Left out: both.' })
  @IsOptional()
  @IsIn(DEAD_LETTER_STAGES)
  stage?: DeadLetterStage;

  @ApiPropertyOptional({
    type: String,
    example: '2026-11-29T14:00:00Z',
    description: 'Only those that died at this time or later: ISO 8601, or ms since the epoch.',
  })
  @IsOptional()
  @Transform(timeOf)
  @IsInt(A_TIME)
  @Min(0, A_TIME)
  since?: number;

  @ApiPropertyOptional({
    type: String,
    description:
      'Only those that died at this time or before. Left out: now. The `before` of an answer goes on with the rest.',
  })
  @IsOptional()
  @Transform(timeOf)
  @IsInt(A_TIME)
  @Min(0, A_TIME)
  before?: number;
}

class BulkRedriveAnswer {
  @ApiProperty({ example: true })
  success!: boolean;

  @ApiProperty({ example: 412 })
  redriven!: number;

  @ApiProperty({
    example: 0,
    description: 'Letters whose conversation has another batch in hand: they stay.',
  })
  busy!: number;

  @ApiProperty({ example: false, description: 'True if there may be more: call again with this `before`.' })
  more!: boolean;

  @ApiProperty({ example: 1721737336000, description: 'ms since the epoch' })
  before!: number;
}

/** Tries many dead letters again. */
@AdminOnly()
@Controller('admin/dead-letters')
export class BulkRedriveController {
  constructor(
    private readonly bulk: BulkRedrive,
    private readonly notes: OperatorNotes,
  ) {}

  @Post('redrive')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Try dead letters again, the oldest first: up to 1,000 in one call, 100 a second, none of them twice.',
  })
  @ApiOkResponse({ type: BulkRedriveAnswer })
  @ApiProblems(409)
  async run(
    @Req() request: Request,
    @Query() { stage, companyId, since, before }: BulkRedriveQuery,
  ): Promise<BulkRedriveAnswer> {
    const wish = {
      stage: stage ?? null,
      companyId: companyId ?? null,
      since: since ?? null,
      before: before ?? null,
    };
    const done = await this.bulk.run(wish, (conversation, batchId) =>
      this.notes.add(request, 'redrive', conversation, { batchId }),
    );
    if (done === 'under-way')
      throw new ProblemException(409, {
        detail: 'Another call redrives dead letters now. Call again when it is done.',
      });
    operatorLog.warn('Redrove dead letters', { ...done, stage, companyId, since });
    return { success: true, ...done };
  }
}
