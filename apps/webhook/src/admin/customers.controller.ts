import { Controller, Delete, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProperty } from '@nestjs/swagger';
import { type Erased, Erasure } from '@app/batching';
import { maskPhones, ProblemException } from '@app/platform';
import { AdminOnly } from '../access/admin-only';
import { ApiProblems } from '../openapi/problems';
import { CompanyQuery, customerOf } from './customer.query';
import { operatorLog } from './operator.log';

class LogTagAnswer {
  @ApiProperty({ example: '79001234567' })
  customer!: string;

  @ApiProperty({
    example: '7900…67#kqzwmtrbla',
    description: 'What the logs show with `LOG_PHONES=masked`: search for the part after the `#`.',
  })
  shownAs!: string;
}

class ErasedAnswer {
  @ApiProperty({ example: true })
  success!: boolean;

  @ApiProperty({
    type: Object,
    example: {
      conversations: 1,
      messages: 2,
      setAside: 0,
      jobs: 3,
      deadLetters: 0,
      history: 3,
      memories: 9,
      aliases: 1,
      notes: 12,
      unreadable: 0,
      events: 14,
    },
    description: 'How much was erased, by where it was; see docs/retention.md.',
  })
  erased!: Erased;
}

/** One customer: how the logs show them, and that nothing of them is kept. */
@AdminOnly()
@Controller('admin/customers')
export class CustomersController {
  constructor(private readonly erasure: Erasure) {}

  @Get(':phone/log-tag')
  @ApiOperation({ summary: 'How the masked logs of every process on this Redis show a customer.' })
  @ApiParam({ name: 'phone', example: '79001234567', description: 'In any spelling.' })
  @ApiOkResponse({ type: LogTagAnswer })
  logTag(@Param('phone') phone: string): LogTagAnswer {
    const customer = customerOf(phone);
    return { customer, shownAs: maskPhones(customer) };
  }

  @Delete(':phone')
  @ApiOperation({
    summary: 'Erase a customer: everything that Redis holds of them.',
    description:
      'Under every id of the person that is known. May be repeated; what the customer writes afterwards begins anew. 409: something is in flight, as `inFlight` says, and the call is to be repeated.',
  })
  @ApiParam({ name: 'phone', example: '79001234567', description: 'In any spelling, or another id.' })
  @ApiOkResponse({ type: ErasedAnswer })
  @ApiProblems(409)
  async erase(@Param('phone') phone: string, @Query() { companyId }: CompanyQuery): Promise<ErasedAnswer> {
    const customer = customerOf(phone);
    const outcome = await this.erasure.run(customer, companyId ?? null);
    if (outcome.kind === 'in-flight')
      throw new ProblemException(409, {
        detail:
          'A batch of this customer is being handed off, or is at the bot. Erase again when it is done.',
        inFlight: outcome.inFlight,
        erased: outcome.erased,
      });
    operatorLog.warn('Erased a customer', { customer, ...outcome.erased });
    return { success: true, erased: outcome.erased };
  }
}
