import { Controller, Get, Inject, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import {
  HealthCheckService,
  type HealthCheckResult,
  type HealthIndicatorResult,
  HealthIndicatorService,
} from '@nestjs/terminus';
import type { Request } from 'express';
import { SETTINGS } from '@app/config';
import { SecretGuard } from '../access/secret.guard';
import type { HttpSettings } from '../http/http.settings';
import { LiveAnswer, ReadyAnswer, UnreadyAnswer } from './health.answer';
import { READINESS_PARTS, type ReadinessPart, ShutdownState } from './readiness';

const ASK_ELSEWHERE = 'The log says why, and this call with ADMIN_API_KEY.';

/** Whether the process is alive, and whether it can serve. */
@ApiTags('health')
@Controller('health')
export class HealthController {
  /** Operators see all details; without a key every caller does. */
  private readonly operators: SecretGuard;

  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly shutdown: ShutdownState,
    @Inject(READINESS_PARTS) private readonly parts: readonly ReadinessPart[],
    @Inject(SETTINGS) { http }: { http: HttpSettings },
  ) {
    this.operators = new SecretGuard(
      http.adminKeys.map(({ secret }) => secret),
      'ADMIN_API_KEY',
    );
  }

  /** Never depends on Redis, because a restart of this process does not repair Redis. */
  @Get('live')
  @ApiOperation({ summary: 'Whether the process lives; it never asks Redis.' })
  @ApiOkResponse({ type: LiveAnswer, description: 'The process lives.' })
  live(): LiveAnswer {
    return { status: 'ok' };
  }

  @Get('ready')
  @ApiOperation({
    summary: 'Whether the process can serve, part by part, and the findings between the processes.',
  })
  @ApiOkResponse({ type: ReadyAnswer, description: 'Every part is up.' })
  @ApiServiceUnavailableResponse({
    type: UnreadyAnswer,
    description: 'A part is down; the answer names it.',
  })
  ready(@Req() request: Request): Promise<HealthCheckResult> {
    const isOperator = this.operators.admits(request);
    const parts = this.parts.filter((part) => part.applies?.() ?? true);
    return this.health.check([
      () => this.process(),
      ...parts.map((part) => () => this.part(part, isOperator)),
    ]);
  }

  private process(): HealthIndicatorResult {
    const process = this.indicators.check('process');
    return this.shutdown.isShuttingDown ? process.down('shutting down') : process.up();
  }

  private async part(part: ReadinessPart, isOperator: boolean): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check(part.name);
    try {
      const details = await part.check();
      return indicator.up(isOperator ? details : (part.inPublic?.(details) ?? {}));
    } catch (error) {
      return indicator.down(isOperator && error instanceof Error ? error.message : ASK_ELSEWHERE);
    }
  }
}
