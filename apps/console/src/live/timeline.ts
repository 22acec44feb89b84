import { type MergedMessage, parseConversationId, type StoredMessage } from '@app/contracts';
import { call } from './http';

/** A line of a conversation's timeline. */
export type Entry =
  | {
      kind: 'message';
      at: number;
      key: string;
      type: string;
      text: string;
      isEdited: boolean;
      isPending: boolean;
    }
  | { kind: 'batch'; at: number; key: string; batchId: string; size: number; reason: string };

export interface Timeline {
  entries: Entry[];
  /** Messages that nobody has answered. */
  pending: number;
}

interface PendingBatch {
  messages: StoredMessage[];
}

/** The address of a call about a conversation's customer, limited to its company. */
export function pathOf(start: string, conversationId: string, end = ''): string {
  const { customer, companyId } = parseConversationId(conversationId);
  const query = companyId === null ? '' : `?companyId=${encodeURIComponent(String(companyId))}`;
  return `${start}/${encodeURIComponent(customer)}${end}${query}`;
}

/** What is kept of a conversation; a text says why it cannot be read. */
export async function readTimeline(conversationId: string): Promise<Timeline | string> {
  const { customer } = parseConversationId(conversationId);
  const [pending, history] = await Promise.all([
    call<PendingBatch>('GET', pathOf('/admin/batches', conversationId)),
    call<{ items: MergedMessage[] }>('GET', `/admin/history?limit=20&phone=${encodeURIComponent(customer)}`),
  ]);
  if (history.status !== 200) return history.body.detail ?? String(history.status);
  const batches = history.body.items.filter((batch) => batch.conversationId === conversationId);
  const waiting = pending.status === 200 ? pending.body.messages : [];
  const entries = [
    ...batches.flatMap(entriesOf),
    ...waiting.map((message, i): Entry => messageEntry(message, `w${String(i)}`, true)),
  ];
  return { entries: entries.sort((one, other) => one.at - other.at), pending: waiting.length };
}

function entriesOf({ batchId, messages, messageCount, flushReason, flushedAt }: MergedMessage): Entry[] {
  return [
    ...messages.map((message, i) => messageEntry(message, `${batchId} ${String(i)}`, false)),
    { kind: 'batch', at: flushedAt, key: batchId, batchId, size: messageCount, reason: flushReason },
  ];
}

function messageEntry(
  { receivedAt, type, text, edited }: Pick<StoredMessage, 'receivedAt' | 'type' | 'text' | 'edited'>,
  key: string,
  isPending: boolean,
): Entry {
  return { kind: 'message', at: receivedAt, key, type, text, isEdited: edited !== undefined, isPending };
}
