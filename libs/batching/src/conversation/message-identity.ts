import { hash } from 'node:crypto';
import type { CompanyId } from './conversation';

/** What makes a message the same message: never how the chat was spelt, nor which delivery brought it. */
export interface MessageAddress {
  companyId: CompanyId | null;
  gateway: string;
  account: string | null;
  messageId: string;
}

/** A message's identity, as its keys are made of it: 132 bits, so that two messages are never one by accident. */
export function identityOf({ companyId, gateway, account, messageId }: MessageAddress): string {
  const parts = ['message', String(companyId ?? ''), gateway, account ?? '', messageId];
  return hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 22);
}
