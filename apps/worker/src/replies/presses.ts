import { type CompanyId, type MergedMessage, parseConversationId } from '@app/contracts';

/** A button that the customer has pressed. */
export interface Press {
  readonly companyId: CompanyId | null;
  readonly gateway: string;
  readonly account: string | null;
  /** The gateway's id of the press, which is a message. */
  readonly messageId: string;
}

/** The presses among the messages of a batch. */
export function pressesIn({ conversationId, messages }: MergedMessage): Press[] {
  const { companyId } = parseConversationId(conversationId);
  return messages.flatMap(({ messageId, metadata, source: { gateway, account } }) =>
    messageId === null || metadata.buttonId === undefined ? [] : [{ companyId, gateway, account, messageId }],
  );
}
