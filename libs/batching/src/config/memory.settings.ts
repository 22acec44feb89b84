import { Bytes, defineSettings, Whole } from '@app/config';

const DAY_S = 24 * 3600;
const MEGABYTE = 1024 ** 2;

/** What is remembered, and for how long. */
export class MemoryVariables {
  @Whole(
    'How long the bookkeeping of an empty conversation is kept; a batch pending longer is reported as overdue. At least three times the longest silence.',
    { unit: 'seconds', min: 1, max: 7 * DAY_S, sharedBy: 'all' },
  )
  BATCH_TTL = 600;

  @Whole(
    'How long a message id is remembered from its latest delivery, and an edit or revocation that came before its message.',
    { unit: 'seconds', min: 1, max: 30 * DAY_S, sharedBy: ['webhook'] },
  )
  DEDUP_TTL = DAY_S;

  @Whole('Batches kept in the history; 0 keeps none.', {
    unit: 'batches',
    min: 0,
    max: 10_000_000,
    sharedBy: ['batcher', 'worker'],
  })
  HISTORY_MAX = 10_000;

  @Whole('How long a batch stays in the history.', {
    unit: 'seconds',
    min: 1,
    max: 366 * DAY_S,
    sharedBy: ['batcher', 'worker'],
  })
  HISTORY_TTL = DAY_S;

  @Bytes('The size of the history.', { min: 0, max: 1024 * 1024 * MEGABYTE, sharedBy: ['batcher', 'worker'] })
  HISTORY_BYTES = 64 * MEGABYTE;

  @Whole(
    'How long what a colleague has written to a customer is kept for the next call of the bot; 0 keeps nothing.',
    { unit: 'seconds', min: 0, max: 30 * DAY_S, sharedBy: ['webhook'] },
  )
  COLLEAGUE_WORDS_TTL = DAY_S;

  @Whole(
    "Notes kept of one customer for the timeline: the bot's answers, what became of replies, ignored messages, what operators did; each of up to 1 KB. 0 keeps none.",
    { unit: 'notes', min: 0, max: 10_000, sharedBy: ['webhook', 'worker'] },
  )
  TIMELINE_MAX = 100;

  @Whole('How long a note of the timeline is kept.', {
    unit: 'seconds',
    min: 1,
    max: 366 * DAY_S,
    sharedBy: ['webhook', 'worker'],
  })
  TIMELINE_TTL = DAY_S;

  @Whole(
    'Customers of whom notes are kept; beyond it, those of whom nothing new was noted for longest are forgotten.',
    {
      unit: 'customers',
      min: 1,
      max: 10_000_000,
      sharedBy: ['webhook', 'worker'],
    },
  )
  TIMELINE_CUSTOMERS = 10_000;
}

export const memorySettings = defineSettings('memory', MemoryVariables, (env) => ({
  /** How long bookkeeping that holds no message is kept; a batch pending longer is overdue. */
  idleTtlS: env.BATCH_TTL,
  dedupTtlMs: env.DEDUP_TTL * 1000,
  historyMax: env.HISTORY_MAX,
  historyMaxBytes: env.HISTORY_BYTES,
  historyTtlMs: env.HISTORY_TTL * 1000,
  colleagueWordsTtlMs: env.COLLEAGUE_WORDS_TTL * 1000,
  timelineMax: env.TIMELINE_MAX,
  timelineTtlMs: env.TIMELINE_TTL * 1000,
  timelineCustomers: env.TIMELINE_CUSTOMERS,
}));
