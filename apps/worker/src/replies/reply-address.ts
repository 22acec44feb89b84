import { type CompanyId, isInGroup, parseConversationId } from '@app/contracts';
import type { ReplyTarget } from '@app/gateways';
import { type BotJob, isEvent } from '../bot/bot';

/** Where a reply goes: to the origin of the last message. */
export interface ReplyAddress {
  readonly companyId: CompanyId | null;
  readonly gateway: string;
  readonly target: ReplyTarget;
}

export function addressOf(request: BotJob): ReplyAddress {
  const last = isEvent(request) ? undefined : request.messages.at(-1);
  const { gateway = 'generic', account = null, chatId = '' } = last?.source ?? {};
  const { customer, companyId } = parseConversationId(request.conversationId);
  const isGroup = isInGroup(customer);
  return { companyId, gateway, target: { account, chatId, isGroup, messageId: last?.messageId ?? null } };
}
