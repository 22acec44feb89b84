import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import type { OpenBatches } from '@app/batching';
import { type Conversation, conversationOf, customerIdOf } from '@app/contracts';
import { invalid } from '@app/platform';
import { IsCompanyId } from '../is-company-id';

/** Limits a call to one company. */
export class CompanyQuery {
  @ApiPropertyOptional({ example: '962302', description: 'Only this company’s; left out: every company’s.' })
  @IsOptional()
  @IsCompanyId()
  companyId?: string;
}

/**
 * The customer id for a phone in any spelling.
 *
 * @throws ProblemException 400 for a text that is no customer.
 */
export function customerOf(phone: string): string {
  const customer = customerIdOf(phone);
  if (customer === null) {
    throw invalid([{ field: 'phone', message: 'must be a phone number of 5 to 15 digits or a chat id' }]);
  }
  return customer;
}

/** A customer's conversations that hold a message: of every company, or of one. */
export async function conversationsOf(
  open: OpenBatches,
  phone: string,
  { companyId }: CompanyQuery,
): Promise<Conversation[]> {
  const customer = customerOf(phone);
  if (companyId === undefined) return open.of(customer);
  return [conversationOf(customer, companyId)];
}
