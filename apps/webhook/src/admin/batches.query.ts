import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import { PageQuery } from './page.query';

/** A page of batches, of every company or of one. */
export class BatchesQuery extends PageQuery {
  @ApiPropertyOptional({ example: '962302', description: 'Only this company’s; left out: every company’s.' })
  @IsOptional()
  @IsString()
  companyId?: string;
}
