import { Body, Controller, HttpCode, Post, UseGuards, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { TypingAndHold } from '@app/batching';
import { isJsonObject, type PresenceEvent, readCompanyId, readForwarded } from '@app/gateways';
import { invalid, JsonBody } from '@app/platform';
import { WebhookGuard } from '../access/guards';
import { Placement } from '../gateways/placement';
import { ApiProblems } from '../openapi/problems';
import { faultsIn, faultsOfReading } from './message.rules';
import { PRESENCE_STATES, PresenceAnswer, PresenceDto } from './presence.dto';

/** Forwarders report here that a customer types. */
@ApiTags('messages')
@ApiSecurity('webhook')
@UseGuards(WebhookGuard)
@UseInterceptors(JsonBody)
@Controller('webhook/whatsapp')
export class PresenceController {
  constructor(
    private readonly typingAndHold: TypingAndHold,
    private readonly placement: Placement,
  ) {}

  @Post('presence')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Report that a customer types or has stopped: an open batch waits; no batch is opened.',
  })
  @ApiBody({ type: PresenceDto })
  @ApiOkResponse({ type: PresenceAnswer })
  @ApiProblems(400, 401, 413, 415, 503)
  async take(@Body() body: unknown): Promise<PresenceAnswer> {
    const event = readPresence(body);
    const conversation = event === null ? null : this.placement.of(event);
    if (event === null || conversation === null)
      return { success: true, outcome: 'ignored', conversationId: null };
    const outcome = await this.typingAndHold.typing(conversation, event.state !== 'paused');
    return { success: true, outcome, conversationId: conversation.id };
  }
}

/**
 * The customer who types; null for a chat that is never answered.
 *
 * @throws ProblemException 400 naming every wrong field.
 */
function readPresence(body: unknown): PresenceEvent | null {
  if (!isJsonObject(body)) throw invalid([{ field: 'body', message: 'must be a JSON object' }]);
  const company = readCompanyId(body.companyId);
  const companyId = company.valid ? company.companyId : null;
  const { phone, from, state, author, participant } = body;
  const item = { phone, from, state, author, participant };
  const event = readForwarded({ gateway: 'generic', account: null, companyId }, { kind: 'presence', item });
  const isState = PRESENCE_STATES.some((each) => each === state);
  const errors = [
    ...faultsOfReading(event).filter(({ field }) => field === 'phone'),
    ...faultsIn({}, company),
    ...(isState ? [] : [{ field: 'state', message: `must be one of ${PRESENCE_STATES.join(', ')}` }]),
  ];
  if (errors.length > 0) throw invalid(errors);
  return event.kind === 'presence' ? event : null;
}
