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
  type Type,
  UseFilters,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { type Acknowledgement, type Gateway, GATEWAYS, type Handshake } from '@app/gateways';
import { BytesBody, FailureLimit, FORMATS, ProblemException, TakesBody } from '@app/platform';
import { SETTINGS, type Settings } from '@app/settings';
import { ApiProblems } from '../openapi/problems';
import { EventsAnswer } from './event.answer';
import { GatewayGuard, OfGateway } from './gateway.guard';
import { OutageFilter } from './outage.filter';
import { OverLimit } from './over-limit.interceptor';
import { Spill } from './spill';

/** The routes of every gateway. */
export const GATEWAY_CONTROLLERS: readonly Type[] = GATEWAYS.flatMap((gateway) => [
  takingFrom(gateway),
  ...(gateway.handshake ? [shakingHandsWith(gateway, gateway.handshake)] : []),
]);

/** The controller for a gateway's posts, in its own format: behind its own signature, and documented as such. */
function takingFrom(gateway: Gateway): Type {
  const { name, title, subPaths = [], secretVariable, acknowledgement } = gateway;
  const { bodyFormat = 'json', refusals, example } = gateway;
  const outage = refusals?.outage ?? 503;
  const tooLarge = refusals?.tooLarge === undefined ? [413] : [];

  @ApiTags('gateways')
  @Controller('webhook')
  class GatewaysController {
    constructor(private readonly spill: Spill) {}

    // Swagger makes the operation's id from the method's name.
    @Post([name, ...subPaths.map((path) => `${name}/${path}`)])
    @HttpCode(200)
    @OfGateway(gateway)
    @UseGuards(GatewayGuard)
    @TakesBody(bodyFormat)
    @UseInterceptors(OverLimit, BytesBody)
    @UseFilters(...(outage === 503 ? [] : [new OutageFilter(outage)]))
    @ApiSecurity(secretVariable)
    @ApiOperation({ summary: `Takes the posts of ${title} unchanged.` })
    @ApiConsumes(FORMATS[bodyFormat].name)
    @ApiBody({ schema: { type: 'object', ...(example && { example }) } })
    @AnswersWith(acknowledgement)
    @ApiProblems(400, refusals?.unproven ?? 401, ...tooLarge, 415, 429, outage)
    async [name](@Body() body: unknown): Promise<EventsAnswer | string> {
      const answer = await this.spill.take(gateway, body);
      return acknowledgement?.text ?? answer;
    }
  }
  return GatewaysController;
}

/** How a post is answered: with its results, or with the gateway's own acknowledgement. */
function AnswersWith(acknowledgement: Acknowledgement | undefined): MethodDecorator {
  if (acknowledgement === undefined) return ApiOkResponse({ type: EventsAnswer });
  const { contentType, text } = acknowledgement;
  const description = text === '' ? 'Nothing: this gateway acts on what it is answered.' : text;
  const content = { [contentType]: { schema: { type: 'string' as const, example: text } } };
  return applyDecorators(Header('content-type', contentType), ApiOkResponse({ description, content }));
}

/** The controller for a gateway's handshake. */
function shakingHandsWith({ name, title }: Gateway, { tokenVariable, answer }: Handshake): Type {
  @ApiTags('gateways')
  @Controller('webhook')
  class HandshakeController {
    constructor(
      private readonly failures: FailureLimit,
      @Inject(SETTINGS) private readonly settings: Settings,
    ) {}

    @Get(name)
    @Header('content-type', 'text/plain; charset=utf-8')
    @ApiOperation({ summary: `${title}’s handshake: the challenge, to callers that know ${tokenVariable}.` })
    @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
    @ApiProblems(403, 429)
    async [name](@Query() query: unknown, @Req() request: Request): Promise<string> {
      const answered = answer(query, this.settings.byGateway[name]?.handshakeTokens ?? []);
      if (answered.verified) return answered.challenge;
      if (answered.reason === 'mismatch') await this.failures.count(request);
      throw new ProblemException(403, {
        detail: `This is not ${title}'s handshake with the token that ${tokenVariable} holds (${answered.reason}).`,
      });
    }
  }
  return HandshakeController;
}
