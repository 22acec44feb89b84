import {
  applyDecorators,
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  Inject,
  Post,
  Query,
  Req,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { SETTINGS, type Settings } from '@app/batching';
import { type GatewayName, GATEWAYS, verifySubscription } from '@app/gateways';
import { BytesBody, FailureLimit, ProblemException } from '@app/platform';
import type { Request } from 'express';
import { ApiProblems } from '../openapi/problems';
import { EventsAnswer } from './event.answer';
import { GatewayGuard, OfGateway } from './gateway.guard';
import { GatewayIngest } from './gateway-ingest';

/** A route that a gateway posts to: behind its own signature, and documented as such. */
function Takes(gateway: GatewayName, ...paths: string[]): MethodDecorator {
  return applyDecorators(
    Post(paths),
    HttpCode(200),
    OfGateway(gateway),
    UseGuards(GatewayGuard),
    UseInterceptors(BytesBody),
    ApiSecurity(GATEWAYS[gateway].secretVariable),
    ApiOperation({ summary: `What ${gateway} posts, as it stands.` }),
    ApiBody({ schema: { type: 'object' } }),
    ApiOkResponse({ type: EventsAnswer }),
    ApiProblems(400, 401, 413, 415, 429, 503),
  );
}

/** Where gateways post directly, each in its own form. */
@ApiTags('gateways')
@Controller('webhook')
export class GatewaysController {
  constructor(
    private readonly ingest: GatewayIngest,
    private readonly failures: FailureLimit,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Takes('venom', 'venom')
  venom(@Body() body: unknown): Promise<EventsAnswer> {
    return this.ingest.take('venom', body);
  }

  @Takes('meta', 'meta')
  meta(@Body() body: unknown): Promise<EventsAnswer> {
    return this.ingest.take('meta', body);
  }

  @Takes('waha', 'waha')
  waha(@Body() body: unknown): Promise<EventsAnswer> {
    return this.ingest.take('waha', body);
  }

  /** Evolution appends the event's name to the path where it is told to (`webhookByEvents`). */
  @Takes('evolution', 'evolution', 'evolution/*event')
  evolution(@Body() body: unknown): Promise<EventsAnswer> {
    return this.ingest.take('evolution', body);
  }

  @Get('meta')
  @Header('content-type', 'text/plain; charset=utf-8')
  @ApiOperation({ summary: 'Meta’s handshake: the challenge, to whoever knows META_VERIFY_TOKEN.' })
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  @ApiProblems(403, 429)
  async verify(@Query() query: unknown, @Req() request: Request): Promise<string> {
    const answer = verifySubscription(query, this.settings.gateways.metaVerifyTokens);
    if (answer.verified) return answer.challenge;
    if (answer.reason === 'mismatch') await this.failures.count(request);
    throw new ProblemException(403, {
      detail: `This is not Meta's handshake with the token that META_VERIFY_TOKEN holds (${answer.reason}).`,
    });
  }
}
