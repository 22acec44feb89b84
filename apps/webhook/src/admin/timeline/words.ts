import {
  parseConversationId,
  type Said,
  type Sentence,
  sentence,
  type SentenceCode,
  type TimelineEntry,
  type ValuesOf,
} from '@app/contracts';

/** The entries of one kind. */
export type Of<Kind extends TimelineEntry['kind'], Entry = TimelineEntry> = Entry extends {
  kind: infer Own;
}
  ? Kind extends Own
    ? Entry
    : never
  : never;

/** What an entry says and, where something is wrong or held back, the setting or call that mends it. */
export function said<Code extends SentenceCode>(
  code: Code,
  values: ValuesOf<Code>,
  mend: Sentence | null = null,
): Said {
  return { says: sentence(code, values), mend };
}

/** A call about the customer of an entry, with its company. */
export function callOf(method: string, path: string, conversationId: string): string {
  const { customer, companyId } = parseConversationId(conversationId);
  const company = companyId === null ? '' : `?companyId=${companyId}`;
  return `${method} ${path.replace(':phone', customer)}${company}`;
}

/** The call that ends an order for a conversation. */
export function endOf(order: 'release' | 'unmute' | 'unblock', conversationId: string): string {
  return callOf('POST', `/admin/conversations/:phone/${order}`, conversationId);
}

export function redriveOf(batchId: string | null): string {
  return `POST /admin/dead-letters/${batchId}/redrive`;
}

export function replayOf(batchId: string | null): string {
  return `POST /admin/history/${batchId}/replay`;
}
