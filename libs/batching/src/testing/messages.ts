import { type CompanyId, type Conversation, conversationOf, type IncomingMessage } from '@app/contracts';

/** A fictitious customer's conversation. */
export function aConversation(customer = '79001234567', companyId: CompanyId | null = 1): Conversation {
  return conversationOf(customer, companyId);
}

/** A text message, with the given fields changed. */
export function aMessage(text: string, fields: Partial<IncomingMessage> = {}): IncomingMessage {
  return {
    messageId: null,
    type: 'text',
    text,
    media: null,
    metadata: {},
    source: { gateway: 'generic', account: null, chatId: '79001234567' },
    timestamp: null,
    ...fields,
  };
}
