import type { CompanyId } from './conversation';

/** What makes a message the same message: never how the chat was spelt, nor which delivery brought it. */
export interface MessageAddress {
  companyId: CompanyId | null;
  gateway: string;
  account: string | null;
  messageId: string;
}

/** The parts of a message's identity, as its keys are made of them. */
export function identityOf({ companyId, gateway, account, messageId }: MessageAddress): string[] {
  return ['message', String(companyId ?? ''), gateway, account ?? '', messageId];
}
