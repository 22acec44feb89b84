import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { isOneOf, presented } from '../access/secrets';
import { ProblemException } from '../http/problem';
import { Metrics } from './metrics';

/** Injection token of the tokens that a scraper may present; none: everyone may scrape. */
export const METRICS_TOKENS = Symbol('METRICS_TOKENS');

/** What a Prometheus scrapes. */
@ApiTags('health')
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    @Inject(METRICS_TOKENS) private readonly tokens: readonly string[],
  ) {}

  @Get()
  @ApiOperation({ summary: 'Metrics as Prometheus reads them; behind METRICS_TOKEN where that is set.' })
  @ApiOkResponse({ description: 'Prometheus text' })
  async scrape(@Req() request: Request, @Res() response: Response): Promise<void> {
    if (this.tokens.length > 0 && !presented(request).some((text) => isOneOf(this.tokens, text))) {
      throw new ProblemException(401, { detail: 'This needs the secret that METRICS_TOKEN holds.' });
    }
    response.setHeader('Content-Type', this.metrics.contentType);
    response.send(await this.metrics.render());
  }
}
