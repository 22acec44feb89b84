import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty } from '@nestjs/swagger';
import { type AuditedAct, AuditLog, type AuditPage } from '@app/batching';
import { AdminOnly } from '../access/admin-only';
import { StreamPageQuery } from './page.query';

class AuditedActAnswer implements AuditedAct {
  @ApiProperty({ example: '1721737336000-0' })
  id!: string;

  @ApiProperty({ example: 1721737336000, description: 'ms since the epoch' })
  at!: number;

  @ApiProperty({ example: '2024-07-23T12:22:16.000Z', description: 'ISO 8601' })
  time!: string;

  @ApiProperty({ example: 'anna', description: 'The name of the key; `anyone` where none is configured.' })
  who!: string;

  @ApiProperty({ example: 'POST /admin/conversations/:phone/mute' })
  what!: string;

  @ApiProperty({
    type: Object,
    example: { phone: '7900…67#kqzwmtrbla', companyId: '962302', minutes: '30' },
    description:
      'The parameters of the call. Phones as the masked logs show them, see `/admin/customers/:phone/log-tag`.',
  })
  on!: Record<string, string>;

  @ApiProperty({ example: 200 })
  status!: number;

  @ApiProperty({
    type: Object,
    nullable: true,
    example: { success: true, until: 1721739136000, conversations: ['962302:7900…67#kqzwmtrbla'] },
    description: 'The answer, with phones masked; of a call that failed, why.',
  })
  result!: unknown;
}

class AuditPageAnswer implements AuditPage {
  @ApiProperty({ type: [AuditedActAnswer] })
  items!: AuditedActAnswer[];

  @ApiProperty({ nullable: true, type: String, example: null, description: 'Null: this was the last page.' })
  cursor!: string | null;
}

/** Who did what, when, on what, and with what result. */
@AdminOnly()
@Controller('admin/audit-log')
export class AuditLogController {
  constructor(private readonly log: AuditLog) {}

  @Get()
  @ApiOperation({ summary: 'What operators did, newest first: up to 50,000 acts of the last year.' })
  @ApiOkResponse({ type: AuditPageAnswer })
  page(@Query() { cursor, limit }: StreamPageQuery): Promise<AuditPage> {
    return this.log.page(limit, cursor ?? null);
  }
}
