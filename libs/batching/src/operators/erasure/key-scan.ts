import { mastersOf } from '../../redis/redis-client';
import type { BatchStore } from '../../store/batch-store';

/** Keys looked at with one command; other commands wait for Redis no longer than that takes. */
const SCAN_COUNT = 1_000;

/** A text as it stands in a pattern of Redis's. */
export function literally(text: string): string {
  return text.replace(/[*?[\]\\^-]/g, '\\$&');
}

/**
 * All keys that a pattern names, of every master, in lots; one that comes or goes meanwhile may be missed.
 *
 * @param pattern without the prefix of all keys, which is put in front.
 */
export async function* keysLike(
  store: BatchStore,
  pattern: string,
  type?: 'hash' | 'string',
): AsyncGenerator<string[]> {
  const glob = `${literally(store.settings.redis.keyPrefix)}${pattern}`;
  for (const master of mastersOf(store.redis)) {
    for (let cursor = '0'; ;) {
      const [next, keys] = await store.commands(() =>
        type === undefined
          ? master.scan(cursor, 'MATCH', glob, 'COUNT', SCAN_COUNT)
          : master.scan(cursor, 'MATCH', glob, 'COUNT', SCAN_COUNT, 'TYPE', type),
      );
      if (keys.length > 0) yield keys;
      if (next === '0') break;
      cursor = next;
    }
  }
}

/** The values of string keys, with their keys; those that are gone are left out. Several slots of a cluster are no matter. */
export async function valuesOf(store: BatchStore, keys: readonly string[]): Promise<[string, string][]> {
  const values = await store.commands((redis) => Promise.all(keys.map((key) => redis.get(key))));
  return keys.flatMap((key, i): [string, string][] => {
    const value = values[i] ?? null;
    return value === null ? [] : [[key, value]];
  });
}

/** Deletes keys one by one, for they may be in several slots; returns how many there were. */
export async function unlink(store: BatchStore, keys: readonly string[]): Promise<number> {
  const removed = await store.commands((redis) => Promise.all(keys.map((key) => redis.unlink(key))));
  return removed.reduce((sum, one) => sum + one, 0);
}
