import { AnyText, defineSettings, Flag, OneOf, OptionalText, Text, Whole } from '@app/config';

const DAY_S = 24 * 3600;

/** How batches become jobs. */
export class HandOffVariables {
  @Text('The BullMQ queue.', {
    shape: /^[^:{}\s]+$/,
    expected: 'not empty and free of spaces, colons and braces',
    shown: 'whole',
    sharedBy: 'all',
  })
  QUEUE_NAME = 'messages';

  @AnyText('Stands between the merged texts.', {
    shown: 'whole',
    sharedBy: ['batcher'],
    sharedAs: (separator: string) => JSON.stringify(separator),
  })
  BATCH_SEPARATOR = ' ';

  @Whole(
    'How long a claim holds a batch before another batcher may take it over; at least twice `REDIS_COMMAND_TIMEOUT`.',
    { unit: 'seconds', min: 1, max: 3_600, sharedBy: ['batcher'] },
  )
  CLAIM_LEASE = 30;

  @Whole('Batches looked at in one go.', { unit: 'batches', min: 1, max: 10_000 })
  CLAIM_BATCHES = 200;

  @Whole('Refusals of one batch by the queue before it becomes a dead letter.', {
    unit: 'attempts',
    min: 1,
    max: 1_000,
    sharedBy: ['batcher'],
  })
  HANDOFF_MAX_ATTEMPTS = 10;
}

export const handOffSettings = defineSettings('handOff', HandOffVariables, (env) => ({
  queueName: env.QUEUE_NAME,
  separator: env.BATCH_SEPARATOR,
  leaseMs: env.CLAIM_LEASE * 1000,
  claimBatches: env.CLAIM_BATCHES,
  maxAttempts: env.HANDOFF_MAX_ATTEMPTS,
}));

/** Whether a conversation's batches wait for each other. */
export class TurnsVariables {
  @OneOf(
    'With `hold`, one batch of a conversation is at the bot at a time, and what is written meanwhile makes the next; in effect once a worker has been seen on this Redis. With `supersede`, what is written before the answer is sent joins the batch, the answer is dropped, and the bot is asked once more with everything. With `parallel`, batches follow each other whatever the bot does.',
    ['hold', 'supersede', 'parallel'],
    { sharedBy: ['batcher', 'worker'], company: 'busyPolicy' },
  )
  BUSY_POLICY: 'hold' | 'supersede' | 'parallel' = 'hold';

  @Whole(
    'How often one turn may be superseded; then the bot is called when the window is over, and its answer is sent.',
    {
      unit: 'times',
      min: 1,
      max: 10,
      sharedBy: ['webhook', 'batcher'],
      company: 'window.maxSupersedes',
    },
  )
  MAX_SUPERSEDES = 3;

  @OptionalText(
    'With `BUSY_POLICY=supersede`: milliseconds of silence after which the bot is called with a draft, whose answer is sent when the window is over, unless a further message supersedes it; `auto`: the window less the time that the bot usually takes.',
    {
      shape: /^(?:auto|[1-9]\d{1,6})$/,
      expected: 'milliseconds, 10 to 9999999, or auto',
      shown: 'whole',
      otherwise: 'the bot is called when the window is over',
      sharedBy: ['webhook'],
      sharedAs: (start?: string) => start ?? '',
      schema: { anyOf: [{ type: 'integer', minimum: 10, maximum: 9_999_999 }, { const: 'auto' }] },
      company: 'window.preemptiveStart',
    },
  )
  PREEMPTIVE_START?: string;

  @Whole(
    'Turns of one conversation within an hour, after which it is held until that hour is over, and alarmed about: its bot may be hearing itself; 0: no limit. Needs `BUSY_POLICY` `hold` or `supersede`.',
    { unit: 'turns', min: 0, max: 100_000, sharedBy: ['worker'] },
  )
  MAX_TURNS_PER_HOUR = 0;

  @Whole(
    'How long the bot may work on one attempt; then the conversation goes on, and a late answer is not sent. Not below `BOT_TIMEOUT`.',
    { unit: 'seconds', min: 1, max: DAY_S, sharedBy: ['batcher', 'worker'] },
  )
  TURN_MAX = 600;
}

export const turnsSettings = defineSettings(
  'turns',
  TurnsVariables,
  (env) => ({
    /** True: one batch of a conversation at the bot at a time; with `hold`, once a worker has been seen. */
    held: env.BUSY_POLICY !== 'parallel',
    /** True: what comes before a batch's answer is committed supersedes the batch. */
    supersede: env.BUSY_POLICY === 'supersede',
    maxSupersedes: env.MAX_SUPERSEDES,
    /** Silence after which the bot is called with a draft, ms; null: when the window is over. */
    start: startOf(env),
    /** Turns of one conversation within an hour, after which it is held; 0: no limit. */
    maxPerHour: env.MAX_TURNS_PER_HOUR,
    /** How long a bot may work on one attempt before the conversation goes on without it. */
    maxMs: env.TURN_MAX * 1000,
  }),
  [
    {
      variable: 'MAX_TURNS_PER_HOUR',
      broken: (env) => env.MAX_TURNS_PER_HOUR > 0 && env.BUSY_POLICY === 'parallel',
      problem: 'needs BUSY_POLICY=hold or supersede: without turns there are none to count',
    },
    {
      variable: 'PREEMPTIVE_START',
      broken: (env) => env.PREEMPTIVE_START !== undefined && env.BUSY_POLICY !== 'supersede',
      problem:
        'must be empty, or needs BUSY_POLICY=supersede: without it, a call that begins early cannot be superseded',
    },
  ],
);

function startOf({ PREEMPTIVE_START: text }: TurnsVariables): number | 'auto' | null {
  if (text === undefined || text === 'auto') return text ?? null;
  return Number(text);
}

/** When a batcher looks, and what it does last. */
export class SweepVariables {
  @Whole('How often a batcher looks for due batches at the least; whole seconds.', {
    unit: 'milliseconds',
    min: 1_000,
    max: 60_000,
  })
  CHECK_INTERVAL = 1_000;

  @Flag(
    'With `true`, the last live batcher, when it stops, hands everything pending off first, unfinished windows included.',
  )
  SHUTDOWN_FLUSH = false;
}

export const sweepSettings = defineSettings(
  'sweep',
  SweepVariables,
  (env) => ({ intervalMs: env.CHECK_INTERVAL, shutdownFlush: env.SHUTDOWN_FLUSH }),
  [
    {
      variable: 'CHECK_INTERVAL',
      broken: (env) => env.CHECK_INTERVAL % 1000 !== 0,
      problem: 'must be whole seconds, in milliseconds: 1000, 2000, …',
    },
  ],
);

/** What a webhook asks of the other processes. */
export class ReadinessVariables {
  @Flag('With `true`, a webhook that sees no batcher on its Redis is not ready (503).')
  REQUIRE_BATCHER = false;
}

export const readinessSettings = defineSettings('readiness', ReadinessVariables, (env) => ({
  /** Without a batcher on its Redis, a webhook is not ready; else it is, and says what is missing. */
  requireBatcher: env.REQUIRE_BATCHER,
}));
