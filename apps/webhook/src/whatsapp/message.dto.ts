import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { CompanyId } from '@app/contracts';

/** A file that came with a message; only references to it are stored. */
export class MediaDto {
  @ApiPropertyOptional({ example: 'https://gateway.example/media/1', maxLength: 8192 })
  url?: string;

  @ApiPropertyOptional()
  id?: string;

  @ApiPropertyOptional({ example: 'audio/ogg' })
  mimeType?: string;

  @ApiPropertyOptional()
  filename?: string;

  @ApiPropertyOptional({ description: 'Counts as the text, after `message` if both are given.' })
  caption?: string;

  @ApiPropertyOptional({ description: 'Bytes.' })
  size?: number;
}

/** One message of one customer, as the documentation shows it; `message.reader` decides what is read and what is refused. */
export class MessageDto {
  @ApiProperty({
    description: 'The customer, in any spelling: `+7 900 123-45-67`, `79001234567@c.us`. Also: `from`.',
    example: '+79001234567',
  })
  phone!: string;

  @ApiPropertyOptional({
    description: 'The text; may be left out if there is media. Also: `body`, `text`.',
    example: 'Запишите на стрижку меня',
  })
  message?: string;

  @ApiPropertyOptional({
    description:
      'Lets a redelivered message be recognised. Also: `id`, or Venom’s `{_serialized}`. A blank, `null` or a template that was not filled in is no id.',
    example: '3EB0A1B2C3D4E5F60718',
    maxLength: 256,
  })
  messageId?: string;

  // No example, because Swagger UI would send its old time.
  @ApiPropertyOptional({
    description: 'The sender’s clock: ms, seconds, either as text, or ISO 8601. Left out: time of arrival.',
    oneOf: [{ type: 'number' }, { type: 'string' }],
  })
  timestamp?: number | string;

  @ApiPropertyOptional({
    description:
      'A word, or a mime type. WhatsApp’s own are stored in one spelling: `chat` as `text`, `ptt` as `voice`, `vcard` as ' +
      '`contacts`. Of any type but `text`, a `body` that is a file is left out.',
    example: 'text',
    default: 'text',
  })
  type?: string;

  @ApiPropertyOptional({ type: MediaDto, description: 'Or a list of such objects, or an address.' })
  media?: MediaDto;

  @ApiPropertyOptional({ description: 'The bot gets it unchanged.', example: {} })
  metadata?: Record<string, unknown>;

  @ApiPropertyOptional({
    description: 'The company whose customer it is; two companies never share a batch.',
    example: 962302,
    oneOf: [{ type: 'integer' }, { type: 'string' }],
  })
  companyId?: CompanyId;

  @ApiPropertyOptional({ description: 'Written by the business itself: no message, see `ON_HUMAN_REPLY`.' })
  fromMe?: boolean;

  @ApiPropertyOptional({
    description: 'The member who speaks, if `phone` is a group’s. Also: `participant`.',
  })
  author?: string;
}
