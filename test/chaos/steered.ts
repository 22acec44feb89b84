import type { Redis } from 'ioredis';
import type { MergedMessage, StoredMessage } from '@app/contracts';
import type { Heard } from '../support/stand-in';
import { watchedQueue } from '../support/watched-queue';
import { type CommittedBatch, numberOf } from './findings';

/** What was found after a storm in which others acted on the conversations too. */
export interface SteeredFindings {
  /** Batches that ended without an answer because the bot was muted, or off. */
  muted: number;
  /** Batches that ended without an answer, and nothing says why. */
  silent: number;
  /** Voice notes by what became of them: `made`, or why not. */
  notes: Map<string, number>;
  /** Voice notes with other words than were spoken, or without words and without a reason. */
  misheard: number;
  /** Colleagues' texts, acknowledged, of which the bot was not told, and which do not wait for its next call. */
  untold: number;
  /** Messages beyond the limit of a minute. */
  slowed: number;
}

/** Looks at how each batch ended, what its voice notes hold, and what became of colleagues' words. */
export async function lookAtSteered(
  redis: Redis,
  batches: ReadonlyMap<string, readonly CommittedBatch[]>,
  { said, calls }: { said: readonly string[]; calls: readonly Heard[] },
): Promise<SteeredFindings> {
  const all = [...batches.values()].flat();
  const ends = await endsOf(redis, all);
  const notes = all.flatMap(({ messages }) => messages).filter(({ type }) => type === 'voice');
  const whys = new Map<string, number>();
  for (const note of notes) whys.set(endOf(note), (whys.get(endOf(note)) ?? 0) + 1);
  const known = new Set([...calls.flatMap(colleaguesIn), ...(await waitingWords(redis))]);
  return {
    muted: ends.filter((end) => end === 'muted').length,
    silent: ends.filter((end) => end === 'silent').length,
    notes: whys,
    misheard: notes.filter((note) => note.text !== (endOf(note) === 'made' ? numberOf(note) : '')).length,
    untold: said.filter((text) => !known.has(text)).length,
    slowed: Number((await redis.hget('rapid-fire-counters', 'slowed')) ?? 0),
  };
}

async function endsOf(
  redis: Redis,
  batches: readonly CommittedBatch[],
): Promise<('answered' | 'muted' | 'silent')[]> {
  const queue = watchedQueue(redis, 'bull');
  const ends = await Promise.all(
    batches.map(async ({ batchId }) => {
      const job = await queue.getJob(batchId);
      const { outcome } = (job?.returnvalue ?? {}) as { outcome?: string };
      if (outcome === 'muted') return 'muted';
      const { sent = [] } = (job?.progress ?? {}) as { sent?: string[] };
      return outcome === 'delivered' && sent.length > 0 ? 'answered' : 'silent';
    }),
  );
  await queue.close();
  return ends;
}

/** A note that is still waited for when its batch goes is too late. */
function endOf({ transcript, awaits }: StoredMessage): string {
  if (awaits !== undefined) return 'timeout';
  return transcript === undefined ? 'nothing' : transcript.made ? 'made' : transcript.why;
}

function colleaguesIn({ body }: Heard): string[] {
  const { colleagues = [] } = JSON.parse(body) as MergedMessage & { colleagues?: { text: string }[] };
  return colleagues.map(({ text }) => text);
}

async function waitingWords(redis: Redis): Promise<string[]> {
  const keys = await redis.keys('rapid-fire-colleague-words:*');
  const words = await Promise.all(keys.map((key) => redis.zrange(key, '0', '-1')));
  return words.flat().map((word) => (JSON.parse(word) as { text: string }).text);
}
