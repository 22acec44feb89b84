import { Controller, Get, Res, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Metrics } from './metrics';
import { ScrapeGuard } from './scrape.guard';

/** The endpoint that Prometheus scrapes. */
@ApiTags('health')
@UseGuards(ScrapeGuard)
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @ApiOperation({ summary: 'Metrics as Prometheus reads them; behind METRICS_TOKEN where that is set.' })
  @ApiOkResponse({
    description: 'Prometheus text',
    content: { 'text/plain': { schema: { type: 'string', example: 'rapid_fire_redis_up 1\n' } } },
  })
  async scrape(@Res() response: Response): Promise<void> {
    response.setHeader('Content-Type', this.metrics.contentType);
    response.send(await this.metrics.render());
  }
}
