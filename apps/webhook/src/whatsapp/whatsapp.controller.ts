import { Body, Controller, HttpCode, Post, UseGuards, UseInterceptors } from '@nestjs/common';
import {
  ApiBody,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiSecurity,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { JsonBody, ShortLane } from '@app/platform';
import { WebhookGuard } from '../access/guards';
import { ApiProblems } from '../openapi/problems';
import { MessageAnswer, MessagesAnswer } from './answers';
import { Intake } from './intake';
import { MessageDto } from './message.dto';
import { MESSAGE_EXAMPLES } from './message.examples';
import { readRequest } from './message.reader';

const MESSAGE_BODY = { schema: { $ref: getSchemaPath(MessageDto) }, examples: MESSAGE_EXAMPLES };
const ANSWERS = {
  description: 'Every message is stored, or was known, or needs no answer.',
  schema: { oneOf: [{ $ref: getSchemaPath(MessageAnswer) }, { $ref: getSchemaPath(MessagesAnswer) }] },
};

/** The plain calls for messages. */
@ApiTags('messages')
@ApiSecurity('webhook')
@ApiExtraModels(MessageDto, MessageAnswer, MessagesAnswer)
@ApiProblems(400, 401, 413, 415, 429, 503)
@UseGuards(WebhookGuard)
@UseInterceptors(JsonBody)
@Controller('webhook/whatsapp')
export class WhatsappController {
  constructor(private readonly intake: Intake) {}

  @ShortLane()
  @Post('batched')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Store a message; it is handed off with those around it when the customer pauses.',
  })
  @ApiBody(MESSAGE_BODY)
  @ApiOkResponse(ANSWERS)
  batched(@Body() body: unknown): Promise<MessageAnswer | MessagesAnswer> {
    return this.takeAll(body, false);
  }

  @ShortLane()
  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Store a message that is due at once, together with what is pending.' })
  @ApiBody(MESSAGE_BODY)
  @ApiOkResponse(ANSWERS)
  direct(@Body() body: unknown): Promise<MessageAnswer | MessagesAnswer> {
    return this.takeAll(body, true);
  }

  private async takeAll(body: unknown, direct: boolean): Promise<MessageAnswer | MessagesAnswer> {
    const { isList, items } = readRequest(body);
    const results = await this.intake.takeAll(items, direct);
    return isList ? { success: true, results } : (results[0] as MessageAnswer);
  }
}
