import { IntersectionType } from '@nestjs/swagger';
import { CompanyQuery } from './customer.query';
import { PageQuery } from './page.query';

/** A page of batches, of every company or of one. */
export class BatchesQuery extends IntersectionType(PageQuery, CompanyQuery) {}
