import { isInGroup, isSimulated, memberOf, parseConversationId } from '@app/contracts';
import type { RecordedBatch } from '@app/window';
import type { BatchStore } from '../store/batch-store';
import { type BatchTimes, historyTimes } from './history-times';

/**
 * The newest batches of the history, oldest first, as far as they tell how people write. It only reads.
 *
 * @throws StoreUnavailableError if Redis cannot serve now.
 */
export async function recordedBatches(store: BatchStore, most: number): Promise<RecordedBatch[]> {
  const found: RecordedBatch[] = [];
  for await (const page of historyTimes(store)) {
    found.push(...page.filter(isOfOnePerson).map(recordedOf));
    if (found.length >= most) break;
  }
  return found.slice(0, most).reverse();
}

/** A group that is one conversation has many writers, and a simulated customer is none. */
function isOfOnePerson({ conversationId }: BatchTimes): boolean {
  const { customer } = parseConversationId(conversationId);
  if (isSimulated(customer)) return false;
  return !isInGroup(customer) || memberOf(customer) !== null;
}

function recordedOf({ conversationId, ...times }: BatchTimes): RecordedBatch {
  return { conversation: conversationId, ...times };
}
