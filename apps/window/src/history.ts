import {
  BatchStore,
  type BatchTimes,
  commandClient,
  historyTimes,
  outageInShort,
  RedisConnections,
  showServers,
  StoreUnavailableError,
} from '@app/batching';
import { BootError, EXIT } from '@app/config';
import { isInGroup, memberOf, parseConversationId } from '@app/contracts';
import type { Settings } from '@app/settings';
import type { RecordedBatch } from '@app/window';

/**
 * The newest batches of the history, oldest first. It needs no right to write.
 *
 * @throws BootError if Redis cannot be reached, or does not let its user read.
 */
export async function readHistory(settings: Settings, most: number): Promise<RecordedBatch[]> {
  const connections = new RedisConnections(settings);
  try {
    const redis = await connections.open(commandClient(settings.redis, 'window'));
    return await newest(new BatchStore(redis, settings), most);
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    const servers = showServers(settings.redis.address);
    throw new BootError(
      `Redis at ${servers} does not let its history be read: ${outageInShort(error)}`,
      EXIT.unavailable,
    );
  } finally {
    connections.onApplicationShutdown();
  }
}

async function newest(store: BatchStore, most: number): Promise<RecordedBatch[]> {
  const found: RecordedBatch[] = [];
  for await (const page of historyTimes(store)) {
    found.push(...page.filter(isOfOnePerson).map(recordedOf));
    if (found.length >= most) break;
  }
  return found.slice(0, most).reverse();
}

/** A group that is one conversation has many writers. */
function isOfOnePerson({ conversationId }: BatchTimes): boolean {
  const { customer } = parseConversationId(conversationId);
  return !isInGroup(customer) || memberOf(customer) !== null;
}

function recordedOf({ conversationId, ...times }: BatchTimes): RecordedBatch {
  return { conversation: conversationId, ...times };
}
