import { Body, Controller, HttpCode, Post, UseGuards, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { Attention, conversationOf, identify } from '@app/batching';
import { fieldErrors, invalid, JsonBody } from '@app/platform';
import { validateSync } from 'class-validator';
import { WebhookGuard } from '../access/guards';
import { ApiProblems } from '../openapi/problems';
import { PresenceAnswer, PresenceDto } from './presence.dto';
import { inOurNames, isFields } from './spellings';

/** Where forwarders say that a customer types. */
@ApiTags('messages')
@ApiSecurity('webhook')
@UseGuards(WebhookGuard)
@UseInterceptors(JsonBody)
@Controller('webhook/whatsapp')
export class PresenceController {
  constructor(private readonly attention: Attention) {}

  @Post('presence')
  @HttpCode(200)
  @ApiOperation({ summary: 'A customer types or has stopped: an open batch waits for them, none is opened.' })
  @ApiBody({ type: PresenceDto })
  @ApiOkResponse({ type: PresenceAnswer })
  @ApiProblems(400, 401, 413, 415, 503)
  async take(@Body() body: unknown): Promise<PresenceAnswer> {
    const { phone, companyId, state } = read(body);
    const customer = identify(phone);
    if (!('id' in customer)) return { success: true, outcome: 'ignored', conversationId: null };
    const conversation = conversationOf(customer.id, companyId ?? null);
    const outcome = await this.attention.typing(conversation, state !== 'paused');
    return { success: true, outcome, conversationId: conversation.id };
  }
}

function read(body: unknown): PresenceDto {
  if (!isFields(body)) throw invalid([{ field: 'body', message: 'must be a JSON object' }]);
  const { phone, companyId } = inOurNames(body, undefined);
  const presence = Object.assign(new PresenceDto(), { phone, companyId, state: body.state });
  const errors = fieldErrors(validateSync(presence), '');
  if (errors.length > 0) throw invalid(errors);
  return presence;
}
