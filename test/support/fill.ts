import { Redis } from 'ioredis';
import { BatchService, BatchStore } from '@app/batching';
import { conversationOf } from '@app/contracts';
import { loadSettings } from '@app/settings';

const AT_ONCE = 1_000;

/** Stores one message in each of this many conversations, none due before ten minutes; returns a client. */
export async function fillWithConversations(
  url: string,
  howMany: number,
  phone: (i: number) => string,
): Promise<Redis> {
  const settings = loadSettings({
    NODE_ENV: 'test',
    REDIS_URL: url,
    BATCH_TIMEOUT: '600000',
    BATCH_MAX_WAIT: '600000',
    BATCH_TTL: '3600',
  });
  const client = new Redis(url, { enableAutoPipelining: true });
  const batches = new BatchService(new BatchStore(client, settings));
  for (let from = 0; from < howMany; from += AT_ONCE) {
    const page = Array.from({ length: Math.min(AT_ONCE, howMany - from) }, (_, i) => from + i);
    await Promise.all(page.map((i) => batches.append(conversationOf(phone(i), 1), aMessage(phone(i)))));
  }
  return client;
}

function aMessage(chatId: string): Parameters<BatchService['append']>[1] {
  const source = { gateway: 'generic', account: null, chatId };
  return { messageId: null, type: 'text', text: 'hello', media: null, metadata: {}, source, timestamp: null };
}
