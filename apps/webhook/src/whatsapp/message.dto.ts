import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type CompanyId, identify, isCompanyId } from '@app/batching';
import {
  IsInt,
  IsObject,
  IsOptional,
  IsPositive,
  IsString,
  Matches,
  MaxLength,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { readTimestamp } from './timestamp';

const MAX_ID = 256;
// Every JSON library that a message passes on its way has a bound of its own; this is below them all.
const MAX_LEVELS = 32;

function check(
  name: string,
  validate: (value: unknown, dto: unknown) => boolean,
  message: string,
): PropertyDecorator {
  return ValidateBy({
    name,
    validator: { validate: (value, args) => validate(value, args?.object), defaultMessage: () => message },
  });
}

/** A file that came with a message; only references to it travel on. */
export class MediaDto {
  @ApiPropertyOptional({ example: 'https://gateway.example/media/1' })
  @IsOptional()
  @IsString()
  @MaxLength(2048)
  url?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(MAX_ID)
  id?: string;

  @ApiPropertyOptional({ example: 'audio/ogg' })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_ID)
  mimeType?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(1024)
  filename?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  caption?: string;

  @ApiPropertyOptional({ description: 'Bytes.' })
  @IsOptional()
  @IsInt()
  @IsPositive()
  size?: number;
}

/** One message of one customer. */
export class MessageDto {
  @ApiProperty({
    description: 'The customer, in any spelling: `+7 900 123-45-67`, `79001234567@c.us`. Also: `from`.',
    example: '+79001234567',
  })
  @check(
    'phone',
    (value) => typeof value === 'string' && identify(value).kind !== 'invalid',
    'must be a phone number of 5 to 15 digits or a chat id',
  )
  phone!: string;

  @ApiPropertyOptional({
    description: 'The text; may be left out where there is media. Also: `body`, `text`.',
    example: 'Запишите на стрижку меня',
  })
  @ValidateIf((dto: MessageDto) => dto.media === undefined || dto.message !== undefined)
  @check('message', (value) => typeof value === 'string', 'must be a text')
  // No second ValidateIf: class-validator joins all of a property's with "and".
  @check(
    'filled',
    (value, dto) => (dto as MessageDto).media !== undefined || typeof value !== 'string' || /\S/.test(value),
    'must not be empty where there is no media',
  )
  message?: string;

  @ApiPropertyOptional({
    description:
      'Lets a redelivered message be recognised. Also: `id`, or Venom’s `{_serialized}`. A blank, `null` or a template that was not filled in is no id.',
    example: '3EB0A1B2C3D4E5F60718',
  })
  @IsOptional()
  @IsString({ message: 'must be a text, or an object with _serialized' })
  @MaxLength(MAX_ID)
  messageId?: string;

  @ApiPropertyOptional({
    description: 'The sender’s clock: ms, seconds, either as text, or ISO 8601. Left out: time of arrival.',
    example: 1721737327000,
    oneOf: [{ type: 'number' }, { type: 'string' }],
  })
  @IsOptional()
  @check('timestamp', (value) => readTimestamp(value) !== null, 'must be ms, seconds or an ISO 8601 date')
  timestamp?: number | string;

  @ApiPropertyOptional({ example: 'text', default: 'text' })
  @IsString()
  @Matches(/^[\w-]{1,32}$/, { message: 'must be a word' })
  type: string = 'text';

  @ApiPropertyOptional({ type: MediaDto })
  @IsOptional()
  @IsObject({ message: 'must be an object' })
  @ValidateNested()
  media?: MediaDto;

  @ApiPropertyOptional({ description: 'Travels on to the bot as it is.', example: {} })
  @IsObject({ message: 'must be an object' })
  @check(
    'shallow',
    (value) => isShallow(value, MAX_LEVELS),
    `must not be nested more than ${MAX_LEVELS} levels deep`,
  )
  metadata: Record<string, unknown> = {};

  @ApiPropertyOptional({
    description: 'Whose customer it is; two companies never share a batch.',
    example: 962302,
    oneOf: [{ type: 'integer' }, { type: 'string' }],
  })
  @IsOptional()
  @check('companyId', isCompany, 'must be an integer or 1 to 64 letters, digits, dots, dashes or underscores')
  companyId?: CompanyId;

  /** Written by the business itself: read, and ignored. */
  fromMe?: boolean;

  /** Who speaks, where `phone` is a group's. */
  author?: string;
}

function isCompany(value: unknown): boolean {
  return (typeof value === 'string' || Number.isSafeInteger(value)) && isCompanyId(String(value));
}

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((each) => isShallow(each, levels - 1));
}
