import {
  type MergedMessage,
  type MergedPart,
  type StoredMessage,
  type Conversation,
  channelOf,
  phoneOf,
} from '@app/contracts';
import type { BatchingSettings } from '../config/batching.settings';
import type { ClaimedBatch } from '../store/scripts/claim';
import { windowReport } from '../window/window-report';

/** A batch's own data, without the conversation it belongs to. */
export type BatchContent = Pick<ClaimedBatch, 'batchId' | 'reason' | 'flushedAt' | 'messages'> &
  Partial<Pick<ClaimedBatch, 'answerAt' | 'supersedes' | 'window'>>;

/** One batch as the queue gets it: merged, and with the silence that it waited for. */
export function mergedMessage(
  conversation: Conversation,
  batch: BatchContent,
  { handOff, window }: Pick<BatchingSettings, 'handOff' | 'window'>,
): MergedMessage {
  const message = merge(conversation, batch, handOff.separator);
  return { ...message, window: batch.window ?? windowReport(batch.messages, window) };
}

/** One batch as one message. The same batch always gives the same message, so a second hand-off changes nothing. */
export function merge(conversation: Conversation, batch: BatchContent, separator: string): MergedMessage {
  const parts = inOrder(batch.messages);
  const times = parts.map(({ timestamp }) => timestamp);
  const { answerAt = null, supersedes = [] } = batch;
  return {
    version: 1,
    batchId: batch.batchId,
    conversationId: conversation.id,
    phone: phoneOf(conversation.customer) ?? phoneSaidIn(parts),
    // As its owner wrote it; a conversation id keeps only its digits or letters.
    companyId: parts[0]?.companyId ?? conversation.companyId,
    text: parts
      .map(({ text }) => text)
      .filter((text) => text !== '')
      .join(separator),
    messageCount: parts.length,
    messages: parts.map(toPart),
    flushReason: batch.reason,
    firstMessageAt: Math.min(...times),
    lastMessageAt: Math.max(...times),
    flushedAt: batch.flushedAt,
    channel: channelOf(conversation.customer),
    ...(answerAt !== null && { final: false, answerAt }),
    ...(supersedes.length > 0 && { supersedes }),
  };
}

/** The latest phone that the gateway said: a customer who is known by another id may have shown theirs. */
function phoneSaidIn(parts: readonly StoredMessage[]): string | null {
  return parts.findLast(({ source }) => source.phone !== undefined)?.source.phone ?? null;
}

/**
 * As their sender wrote them, as far as that is known. A message whose time is that of its arrival stays in its place,
 * because the sender's clock and ours cannot be compared; the messages between two such are in the sender's order.
 */
function inOrder(messages: readonly StoredMessage[]): StoredMessage[] {
  const runs: StoredMessage[][] = [[]];
  for (const message of [...messages].sort((a, b) => a.seq - b.seq)) {
    if (message.timestamp === message.receivedAt) runs.push([message], []);
    else runs.at(-1)?.push(message);
  }
  return runs.flatMap((run) => run.sort(bySenderThenArrival));
}

/** Gateways deliver out of order, and their clocks have whole seconds: within one second, arrival decides. */
function bySenderThenArrival(a: StoredMessage, b: StoredMessage): number {
  return Math.floor(a.timestamp / 1000) - Math.floor(b.timestamp / 1000) || a.seq - b.seq;
}

function toPart(message: StoredMessage): MergedPart {
  const { messageId, type, text, timestamp, receivedAt, media, metadata, source, edited, stale } = message;
  const part = { messageId, type, text, timestamp, receivedAt, media, metadata, source };
  const transcript = transcriptOf(message);
  return {
    ...part,
    ...(edited && { edited }),
    ...(stale && { stale }),
    ...(transcript && { transcript }),
  };
}

/** What is still waited for when a batch is due comes too late for it. */
function transcriptOf({ awaits, transcript }: StoredMessage): MergedPart['transcript'] {
  return awaits === undefined ? transcript : { made: false, why: 'timeout' };
}
