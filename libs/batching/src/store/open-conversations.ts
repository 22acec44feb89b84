import type { Conversation } from '@app/contracts';
import type { BatchStore } from './batch-store';
import { parseDirectoryEntry } from './keys';

const PAGE = 500;

/** Every conversation that holds a message, page by page; one that comes or goes meanwhile may be included or not. */
export async function* openConversations(store: BatchStore): AsyncGenerator<Conversation[]> {
  for (const { directory } of store.partitions.all) {
    for (let after = '-'; ;) {
      const entries = await store.commands((redis) =>
        redis.zrangebylex(directory, after, '+', 'LIMIT', 0, PAGE),
      );
      const last = entries.at(-1);
      if (last === undefined) break;
      yield entries.map(parseDirectoryEntry);
      after = `(${last}`;
    }
  }
}
