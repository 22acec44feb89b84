import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches, MaxLength, ValidateIf } from 'class-validator';
import { IsCompanyId } from '../is-company-id';

const KINDS = ['message', 'typing', 'edit', 'revoke'] as const;
const TYPES = ['text', 'voice', 'image'] as const;
const LONGEST_TEXT = 4_096;

/** One thing that a simulated customer does. */
export class SimulatedDto {
  @ApiProperty({ example: '79001234567', description: 'Digits; the customer’s id is `sim:` and these.' })
  @Matches(/^\d{5,15}$/, { message: 'must be 5 to 15 digits' })
  phone!: string;

  @ApiPropertyOptional({ example: '962302' })
  @IsOptional()
  @IsCompanyId()
  companyId?: string;

  @ApiProperty({ enum: KINDS })
  @IsIn(KINDS)
  kind!: (typeof KINDS)[number];

  @ApiPropertyOptional({
    example: '5f0c2a5e-31f5-4f0e-b5b4-54f4c3e6d9a7',
    description:
      'Of the message; of an edit or a revocation: the message that it changes. The same again is a duplicate.',
  })
  @ValidateIf(({ kind }: SimulatedDto) => kind !== 'typing')
  @Matches(/^[\w-]{1,64}$/, { message: 'must be 1 to 64 letters, digits, dashes or underscores' })
  messageId!: string;

  @ApiPropertyOptional({ enum: TYPES, description: 'Of a message; left out: `text`.' })
  @IsOptional()
  @IsIn(TYPES)
  type?: (typeof TYPES)[number];

  @ApiPropertyOptional({ example: 'Запишите на стрижку меня' })
  @ValidateIf(
    ({ kind, type }: SimulatedDto) => kind === 'edit' || (kind === 'message' && (type ?? 'text') === 'text'),
  )
  @IsString()
  @Matches(/\S/, { message: 'must not be blank' })
  @MaxLength(LONGEST_TEXT)
  text!: string;
}
