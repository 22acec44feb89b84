import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';

/** One page of a list. */
export class PageQuery {
  @ApiPropertyOptional({ description: 'From the previous answer; left out: the first page.' })
  @IsOptional()
  @IsString()
  cursor?: string;

  @ApiPropertyOptional({ default: 20, minimum: 1, maximum: 100 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit: number = 20;
}

const EARLIER = { message: 'must be the cursor of an earlier answer' };

/** One page of a stream. */
export class StreamPageQuery extends PageQuery {
  // Within the range of a Redis stream id: both parts fit into 64 bits, and an earlier id exists.
  @Matches(/^[1-9]\d{0,18}-\d{1,19}$/, EARLIER)
  override cursor?: string = undefined;
}

/** One page of several streams. */
export class StreamsPageQuery extends PageQuery {
  // The stream id is followed by the number of the stream.
  @Matches(/^[1-9]\d{0,18}-\d{1,19}(?:-\d{1,4})?$/, EARLIER)
  override cursor?: string = undefined;
}
