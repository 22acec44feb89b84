import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty } from '@nestjs/swagger';
import { WindowReports, type WindowSurvey } from '@app/batching';
import { AdminOnly } from '../access/admin-only';

class WindowReportAnswer implements WindowSurvey {
  @ApiProperty({
    type: Object,
    example: {
      batches: 2000,
      answersAssumed: 120,
      from: 1763096901000,
      to: 1763701701000,
      bursts: 1810,
      several: 640,
      customers: 212,
      recordedTwice: 0.11,
    },
    description: 'What it rests on.',
  })
  data!: WindowSurvey['data'];

  @ApiProperty({ type: Object, description: 'How long the bot takes, and how that is known.' })
  bot!: WindowSurvey['bot'];

  @ApiProperty({
    type: [Object],
    example: [
      {
        kind: 'hold',
        windowMs: 9000,
        startMs: 9000,
        isPresent: true,
        isBeyond: false,
        variables: { BUSY_POLICY: 'hold', BATCH_TIMEOUT: '9000' },
        twice: 0.11,
        margin: 0.02,
        meanMs: 12100,
        p90Ms: 15400,
        calls: 1.1,
      },
    ],
    description:
      'Each setting: the share answered `twice`, the mean wait from the last message to the last answer, calls of the bot.',
  })
  settings!: WindowSurvey['settings'];

  @ApiProperty({ type: Object, nullable: true, description: 'Null if there is too little to recommend one.' })
  advice!: WindowSurvey['advice'];

  @ApiProperty({ type: Object, nullable: true, description: 'In how many days there will be enough.' })
  shortage!: WindowSurvey['shortage'];

  @ApiProperty({
    type: [Number],
    example: [310, 260, 190, 120],
    description:
      'How many pauses between a customer’s messages lasted 0 to 1 s, 1 to 2 s, and so on to 30 s.',
  })
  gaps!: number[];
}

/** How long to wait, as the history shows it. */
@AdminOnly()
@Controller('admin/window-report')
export class WindowReportController {
  constructor(private readonly reports: WindowReports) {}

  @Get()
  @ApiOperation({
    summary:
      'From the newest 2,000 batches: at each setting, who is answered twice, and how late. Made once a minute at most.',
  })
  @ApiOkResponse({ type: WindowReportAnswer })
  read(): Promise<WindowReportAnswer> {
    return this.reports.read();
  }
}
