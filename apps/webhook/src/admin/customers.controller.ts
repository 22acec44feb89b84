import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProperty } from '@nestjs/swagger';
import { maskPhones } from '@app/platform';
import { AdminOnly } from '../access/admin-only';
import { customerOf } from './customer.query';

class LogTagAnswer {
  @ApiProperty({ example: '79001234567' })
  customer!: string;

  @ApiProperty({
    example: '7900…67#kqzwmtrbla',
    description: 'What the logs show with `LOG_PHONES=masked`: search for the part after the `#`.',
  })
  shownAs!: string;
}

/** Questions about one customer. */
@AdminOnly()
@Controller('admin/customers')
export class CustomersController {
  @Get(':phone/log-tag')
  @ApiOperation({ summary: 'How the masked logs of every process on this Redis show a customer.' })
  @ApiParam({ name: 'phone', example: '79001234567', description: 'In any spelling.' })
  @ApiOkResponse({ type: LogTagAnswer })
  logTag(@Param('phone') phone: string): LogTagAnswer {
    const customer = customerOf(phone);
    return { customer, shownAs: maskPhones(customer) };
  }
}
