import assert from 'node:assert/strict';
import { type StoredMessage, parseConversationId } from '@app/contracts';
import { readStatistics } from '../operators/statistics';
import type { BatchStore } from '../store/batch-store';
import { directoryEntry } from '../store/keys';

/**
 * Reads a whole Redis with plain commands, and checks that derived data agrees with its sources: the
 * lists with the states, the indexes with both, the accounts with all. It supports one partition.
 *
 * @param exempt conversations that are set aside.
 */
export async function assertSound(store: BatchStore, exempt: readonly string[] = []): Promise<void> {
  const { redis } = store;
  const keys = store.partitions.home;
  const ids = await conversationIds(store);
  const [due, turns, directory] = await Promise.all(
    [keys.due, keys.turns, keys.directory].map((index) => redis.zrange(index, '0', '-1')),
  );
  const sizes = new Map<string, number>();
  let claims = 0;
  for (const id of ids.filter((each) => !exempt.includes(each))) {
    const state = await store.stateOf(parseConversationId(id));
    const size = await redis.llen(keys.messages(id));
    const ttls = await Promise.all([keys.messages(id), keys.state(id)].map((key) => redis.ttl(key)));
    assert.equal(state.size ?? 0, size, `the list of ${id} is what its state says`);
    assert.equal(turns?.includes(id), state.turn !== undefined, `the index of turns knows ${id}`);
    assert.equal(
      directory?.includes(directoryEntry(parseConversationId(id))),
      size > 0,
      `the directory knows ${id}`,
    );
    const isClaimed = state.leaseUntil !== undefined;
    const isLookedAt = size > 0 && (isClaimed || state.turn === undefined);
    assert.equal(due?.includes(id), isLookedAt, `the index of what is due knows ${id}`);
    if (size > 0 || state.turn) assert.ok(!ttls.some((ttl) => ttl >= 0), `no key of ${id} may expire`);
    if (size > 0) sizes.set(String(size), (sizes.get(String(size)) ?? 0) + 1);
    if (isClaimed) claims += 1;
  }
  const { claimed, balance } = await readStatistics(store);
  const histogram = Object.entries(await redis.hgetall(keys.sizes)).filter(([, many]) => many !== '0');
  if (exempt.length > 0) return;
  assert.deepEqual(
    new Map(histogram.map(([size, many]) => [size, Number(many)])),
    sizes,
    'the histogram of sizes',
  );
  assert.equal(claimed, claims, 'the account of claims');
  assert.equal(balance, 0, 'the accounts balance');
}

/** Every message, wherever it is: pending, in a job, in a dead letter. */
export async function whereabouts(store: BatchStore): Promise<Map<string, string[]>> {
  const { redis } = store;
  const keys = store.partitions.home;
  const found = new Map<string, string[]>();
  const note = (elements: readonly (string | StoredMessage)[], place: string): void => {
    for (const element of elements) {
      const { messageId } = (typeof element === 'string' ? JSON.parse(element) : element) as StoredMessage;
      if (messageId !== null) found.set(messageId, [...(found.get(messageId) ?? []), place]);
    }
  };
  for (const id of await conversationIds(store)) {
    note(await redis.lrange(keys.messages(id), 0, -1), `pending of ${id}`);
  }
  for (const letter of await redis.zrange(keys.deadLetters, '0', '-1')) {
    note(await redis.lrange(keys.deadMessages(letter), 0, -1), `dead letter ${letter}`);
  }
  return found;
}

async function conversationIds(store: BatchStore): Promise<string[]> {
  const prefixes = ['rapid-fire:', 'rapid-fire-state:'].map(
    (name) => `${store.settings.redis.keyPrefix}${name}`,
  );
  const keys = await store.redis.keys('*');
  const ids = keys.flatMap((key) => {
    const prefix = prefixes.find((one) => key.startsWith(one));
    return prefix ? [key.slice(prefix.length)] : [];
  });
  return [...new Set(ids)];
}
