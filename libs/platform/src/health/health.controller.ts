import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import {
  HealthCheckService,
  type HealthCheckResult,
  type HealthIndicatorResult,
  HealthIndicatorService,
} from '@nestjs/terminus';
import { READINESS_PARTS, type ReadinessPart, ShutdownState } from './readiness';

/** Whether the process lives, and whether it is of use. */
@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly shutdown: ShutdownState,
    @Inject(READINESS_PARTS) private readonly parts: readonly ReadinessPart[],
  ) {}

  /** Never depends on Redis: restarting us does not mend it. */
  @Get('live')
  @ApiOkResponse({ description: 'The process lives.' })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @ApiOkResponse({ description: 'Every part is up.' })
  @ApiServiceUnavailableResponse({ description: 'A part is down; the answer names it.' })
  ready(): Promise<HealthCheckResult> {
    return this.health.check([() => this.process(), ...this.parts.map((part) => () => this.part(part))]);
  }

  private process(): HealthIndicatorResult {
    const process = this.indicators.check('process');
    return this.shutdown.isShuttingDown ? process.down('shutting down') : process.up();
  }

  private async part(part: ReadinessPart): Promise<HealthIndicatorResult> {
    try {
      return this.indicators.check(part.name).up(await part.check());
    } catch (error) {
      return this.indicators.check(part.name).down(error instanceof Error ? error.message : 'down');
    }
  }
}
