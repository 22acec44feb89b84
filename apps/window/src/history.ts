import {
  BatchStore,
  commandClient,
  outageInShort,
  recordedBatches,
  RedisConnections,
  showServers,
  StoreUnavailableError,
} from '@app/batching';
import { BootError, EXIT } from '@app/config';
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
    return await recordedBatches(new BatchStore(redis, settings), most);
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
