import { Injectable } from '@nestjs/common';
import { OpenBatches, Steering } from '@app/batching';
import { type Conversation, conversationOf, parseConversationId } from '@app/contracts';
import { type CompanyQuery, conversationsOf, customerOf } from './customer.query';

/** Which conversations an operator means who names a phone. */
@Injectable()
export class SteeredConversations {
  constructor(
    private readonly open: OpenBatches,
    private readonly steering: Steering,
  ) {}

  /**
   * That of the company; without one, all of the customer's that hold a message or for which something is ordered. If there
   * are none, the one without a company: what is idle is not listed anywhere.
   */
  async of(phone: string, company: CompanyQuery): Promise<Conversation[]> {
    const open = await conversationsOf(this.open, phone, company);
    if (company.companyId !== undefined) return open;
    const customer = customerOf(phone);
    const ordered = (await this.steering.ofCustomer(customer)).map(({ conversationId }) => conversationId);
    const ids = new Set([...open.map(({ id }) => id), ...ordered]);
    return ids.size === 0 ? [conversationOf(customer, null)] : [...ids].map(parseConversationId);
  }
}
