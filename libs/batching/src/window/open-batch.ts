import { decodeStoredMessage, type StoredMessage, type CompanyId, type Conversation } from '@app/contracts';
import { nothingOfThisKind } from '../redis/outage';
import type { BatchStore } from '../store/batch-store';

/** The contents of a conversation for an operator. Times are ms since the epoch. */
export interface OpenBatchSummary {
  conversation: Conversation;
  /** `claimed`: a batcher is handing a batch off; `held`: one is at the bot. Later messages make the next one, or join a draft. */
  state: 'open' | 'claimed' | 'held';
  /** All its messages; `claim.messages` of them are claimed. */
  size: number;
  firstMessageAt: number | null;
  lastMessageAt: number | null;
  /** When it may be handed off; null while a claim or a turn holds it. */
  dueAt: number | null;
  claim: { batchId: string; messages: number; leaseUntil: number; attempt: number } | null;
  /** The batch that is at the bot, or on its way there. */
  turn: { batchId: string } | null;
}

/** A summary with the messages, claimed first. */
export interface OpenBatch extends OpenBatchSummary {
  messages: StoredMessage[];
}

// The reply for a conversation at its cap would be megabytes; its size still says how many there are.
const MESSAGES_SHOWN = 200;

/** One conversation with its first 200 messages; null if it holds none. */
export async function readOpenBatch(
  store: BatchStore,
  conversation: Conversation,
): Promise<OpenBatch | null> {
  const [summary, elements] = await Promise.all([
    summaryOf(store, conversation),
    store.commands((redis) =>
      redis.lrange(store.keysOf(conversation).messages(conversation.id), 0, MESSAGES_SHOWN - 1),
    ),
  ]);
  return summary && { ...summary, messages: elements.map(decodeStoredMessage) };
}

/** Started in one turn of the event loop, the reads of a whole page leave in few writes. */
export async function summaryOf(
  store: BatchStore,
  conversation: Conversation,
): Promise<OpenBatchSummary | null> {
  const { id } = conversation;
  const keys = store.keysOf(conversation);
  const [[size, first, lastMessageAt, look], state] = await Promise.all([
    store.commands((redis) =>
      Promise.all([
        redis.llen(keys.messages(id)).catch(nothingOfThisKind),
        isWholeNumber(conversation.companyId)
          ? redis.lindex(keys.messages(id), 0).catch(nothingOfThisKind)
          : null,
        redis.get(keys.lastMessage(id)),
        redis.zscore(keys.due, id),
      ]),
    ),
    store.stateOf(conversation),
  ]);
  if (!size) return null;
  const { opened, batch, count = 0, leaseUntil, attempt = 0, claimOpened, turn } = state;
  const isClaimed = batch !== undefined && leaseUntil !== undefined;
  return {
    conversation: first === null ? conversation : withCompanyAsGiven(conversation, first),
    state: isClaimed ? 'claimed' : turn ? 'held' : 'open',
    size,
    firstMessageAt: claimOpened ?? opened ?? null,
    lastMessageAt: time(lastMessageAt),
    dueAt: batch || turn ? null : time(look),
    claim: isClaimed ? { batchId: batch, messages: count, leaseUntil, attempt } : null,
    turn: turn ? { batchId: turn } : null,
  };
}

function isWholeNumber(companyId: CompanyId | null): boolean {
  return /^\d+$/.test(String(companyId));
}

/** Keys hold text; only the messages know whether the owner wrote a number, as the merged message will. */
function withCompanyAsGiven(conversation: Conversation, element: string): Conversation {
  const { companyId } = decodeStoredMessage(element);
  return companyId === Number(conversation.companyId) ? { ...conversation, companyId } : conversation;
}

function time(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : Number(text);
}
