import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty } from '@nestjs/swagger';
import { Pause, type PauseReply } from '@app/batching';
import { AdminOnly } from '../access/admin-only';
import { operatorLog } from './operator.log';

class PauseAnswer {
  @ApiProperty({ example: true })
  success!: boolean;

  @ApiProperty({ example: true })
  paused!: boolean;

  @ApiProperty({ example: true, description: 'False if nothing changed.' })
  changed!: boolean;

  @ApiProperty({ nullable: true, type: Number, example: 1721737327000, description: 'ms since the epoch' })
  pausedSince!: number | null;
}

/** Stops and resumes hand-off for every batcher on this Redis; messages are taken in all the while. */
@AdminOnly()
@Controller('admin')
export class PauseController {
  constructor(private readonly handOff: Pause) {}

  @Post('pause')
  @HttpCode(200)
  @ApiOperation({ summary: 'Claim no more batches; those already claimed are finished.' })
  @ApiOkResponse({ type: PauseAnswer })
  async stop(): Promise<PauseAnswer> {
    return answer(true, await this.handOff.stop());
  }

  @Post('resume')
  @HttpCode(200)
  @ApiOperation({ summary: 'Resume hand-off; what has become due meanwhile is handed off at once.' })
  @ApiOkResponse({ type: PauseAnswer })
  async resume(): Promise<PauseAnswer> {
    return answer(false, await this.handOff.resume());
  }
}

function answer(paused: boolean, { changed, since }: PauseReply): PauseAnswer {
  operatorLog.warn(paused ? 'Hand-off paused' : 'Hand-off resumed', { changed, pausedSince: since });
  return { success: true, paused, changed, pausedSince: paused ? since : null };
}
