import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import { timestampMsOf } from '@app/gateways';
import { type FieldError, invalid } from '@app/platform';
import { CompanyQuery } from '../customer.query';

/** Which part of a customer's timeline. */
export class TimelineRangeQuery extends CompanyQuery {
  @ApiPropertyOptional({
    description: 'Nothing before this: ms since the epoch, or ISO 8601. Left out: all that is kept.',
  })
  @IsOptional()
  @IsString()
  from?: string;

  @ApiPropertyOptional({ description: 'Nothing after this, in the same spellings. Left out: until now.' })
  @IsOptional()
  @IsString()
  to?: string;
}

/** The same, read. Times are ms since the epoch. */
export interface TimelineRange {
  companyId: string | null;
  from: number;
  to: number;
}

/** @throws ProblemException 400 naming each field that cannot be read. */
export function rangeOf({ companyId, from, to }: TimelineRangeQuery): TimelineRange {
  const errors: FieldError[] = [];
  const moment = (field: string, text: string | undefined, otherwise: number): number => {
    if (text === undefined) return otherwise;
    const ms = timestampMsOf(text);
    if (ms === null) errors.push({ field, message: 'must be ms since the epoch, or ISO 8601' });
    return ms ?? otherwise;
  };
  const range = {
    companyId: companyId ?? null,
    from: moment('from', from, 0),
    to: moment('to', to, Infinity),
  };
  if (range.from > range.to) errors.push({ field: 'from', message: 'must not be after to' });
  if (errors.length > 0) throw invalid(errors);
  return range;
}
