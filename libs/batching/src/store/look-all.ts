import { StoreUnavailableError } from '../redis/outage';
import { type BatchStore, HORIZON_MS } from './batch-store';
import type { Keys } from './keys';
import { due, type DueReply } from './scripts/due';

/**
 * The conversations that a batcher must look at now, in all partitions; changes nothing. Partitions that cannot answer are
 * left out, so that a master that is away holds up only its own conversations.
 *
 * @param limit for each partition.
 * @param index the sorted set to look into.
 * @throws StoreUnavailableError if none answers.
 */
export async function lookAll(
  { runner, partitions }: BatchStore,
  limit: number,
  index: (keys: Keys) => string,
): Promise<DueReply> {
  const looks = await Promise.allSettled(
    partitions.all.map((keys) =>
      runner.run(due, { due: index(keys), paused: keys.paused }, { horizonMs: HORIZON_MS, limit }),
    ),
  );
  const replies = looks.flatMap((look) => (look.status === 'fulfilled' ? [look.value] : []));
  for (const look of looks) {
    if (look.status === 'fulfilled') continue;
    if (replies.length === 0 || !(look.reason instanceof StoreUnavailableError)) throw look.reason;
  }
  return joined(replies);
}

/** Each master has its own clock: the times of each are converted to the clock of the first. */
function joined(replies: readonly DueReply[]): DueReply {
  const now = replies[0]?.now ?? 0;
  const nexts = replies.flatMap(({ next, now: theirs }) =>
    next ? [{ ...next, at: next.at - theirs + now }] : [],
  );
  return {
    now,
    next: nexts.reduce<DueReply['next']>(
      (first, next) => (first && first.at <= next.at ? first : next),
      null,
    ),
    conversations: replies.flatMap(({ conversations }) => conversations),
  };
}
