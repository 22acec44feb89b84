import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty } from '@nestjs/swagger';
import { AdminOnly } from '../access/admin-only';
import { CalledByPrograms } from '../access/audited.interceptor';
import type { EventAnswer } from '../gateways/event.answer';
import { EventIntake } from '../gateways/event.intake';
import { simulatedEvent } from './simulated-event';
import { SimulatedDto } from './simulated.dto';

class SimulatedAnswer {
  @ApiProperty({ example: true })
  success!: boolean;

  @ApiProperty({
    type: [Object],
    example: [
      { kind: 'message', outcome: 'opened', conversationId: '962302:sim:79001234567', messageId: '1' },
    ],
  })
  results!: EventAnswer[];
}

/**
 * Writes as a customer who is none: it goes the way of every gateway's events, into windows and to the bot, and the replies
 * are kept for the page and sent nowhere.
 */
@AdminOnly()
@Controller('admin/simulator')
export class SimulatorController {
  constructor(private readonly events: EventIntake) {}

  // The page reports typing every few seconds, and nothing of this is about a customer.
  @CalledByPrograms()
  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Do something as a simulated customer, `sim:…`: write, type, edit, take back. The bot is called, no gateway is.',
  })
  @ApiOkResponse({ type: SimulatedAnswer })
  async take(@Body() simulated: SimulatedDto): Promise<SimulatedAnswer> {
    const results = await this.events.takeAll([simulatedEvent(simulated, Date.now())]);
    return { success: true, results };
  }
}
