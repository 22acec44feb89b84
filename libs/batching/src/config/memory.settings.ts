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
}

export const memorySettings = defineSettings('memory', MemoryVariables, (env) => ({
  /** How long bookkeeping that holds no message is kept; a batch pending longer is overdue. */
  idleTtlS: env.BATCH_TTL,
  dedupTtlMs: env.DEDUP_TTL * 1000,
  historyMax: env.HISTORY_MAX,
  historyMaxBytes: env.HISTORY_BYTES,
  historyTtlMs: env.HISTORY_TTL * 1000,
}));
