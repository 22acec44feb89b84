import { Bytes, defineSettings, List, OneOf, OptionalWhole, Whole } from '@app/config';
import { ENVELOPE_SHARE, TEXT_COPIES } from '@app/contracts';

const HOUR_MS = 3_600_000;
const DAY_S = 24 * 3600;
const MEGABYTE = 1024 ** 2;

// One thing under two names, Meta's and Venom's; a time for `audio` holds for them unless they have their own.
const VOICE_NOTES = ['voice', 'ptt'];

/** What ends a batch, and how much it may hold. */
export class WindowVariables {
  @Whole('Silence that ends a batch.', {
    unit: 'milliseconds',
    min: 50,
    max: HOUR_MS,
    sharedBy: 'all',
    company: 'window.batchTimeout',
  })
  BATCH_TIMEOUT = 9_000;

  @OneOf(
    'With `dynamic`, the silence that ends a batch follows the customer: `BATCH_TIMEOUT_MIN` for those who rarely split what they say into several messages, `BATCH_TIMEOUT_MAX` for those who often do, `BATCH_TIMEOUT` for the others, and of all whose habit is not known. A habit is two numbers, kept for 90 days.',
    ['fixed', 'dynamic'],
    { sharedBy: 'all', company: 'window.endpointing' },
  )
  ENDPOINTING: 'fixed' | 'dynamic' = 'fixed';

  @OptionalWhole('With `ENDPOINTING=dynamic`: the shortest silence. Not above `BATCH_TIMEOUT`.', {
    unit: 'milliseconds',
    min: 50,
    max: HOUR_MS,
    otherwise: '`BATCH_TIMEOUT`',
    sharedBy: ['webhook'],
    company: 'window.batchTimeoutMin',
  })
  BATCH_TIMEOUT_MIN?: number;

  @OptionalWhole('With `ENDPOINTING=dynamic`: the longest silence. Not below `BATCH_TIMEOUT`.', {
    unit: 'milliseconds',
    min: 50,
    max: HOUR_MS,
    otherwise: '`BATCH_TIMEOUT`',
    sharedBy: ['webhook'],
    company: 'window.batchTimeoutMax',
  })
  BATCH_TIMEOUT_MAX?: number;

  @List(
    'Silence by message type, in milliseconds: `audio:15000,image:12000`; `audio` holds for voice notes too.',
    {
      shape: /^[a-z_]+:\d{2,7}$/,
      expected: 'like audio:15000 (a message type and milliseconds)',
      mapsTo: { type: 'integer', minimum: 50, maximum: HOUR_MS },
      shown: 'whole',
      sharedBy: 'all',
      company: 'window.batchTimeoutByType',
      sharedAs: (entries: readonly string[]) =>
        [...quietMsByType(entries)]
          .map(([type, ms]) => `${type}:${ms}`)
          .sort()
          .join(','),
    },
  )
  BATCH_TIMEOUT_BY_TYPE: readonly string[] = [];

  @Whole("The longest wait from a batch's first message; not below any silence.", {
    unit: 'milliseconds',
    min: 50,
    max: 24 * HOUR_MS,
    sharedBy: 'all',
    company: 'window.batchMaxWait',
  })
  BATCH_MAX_WAIT = 60_000;

  @Whole('Messages that make a batch due at once, and the most that one holds.', {
    unit: 'messages',
    min: 1,
    max: 1_000,
    sharedBy: 'all',
    company: 'window.maxBatchSize',
  })
  MAX_BATCH_SIZE = 10;

  @Whole(
    'Messages of one conversation within a minute, which begins with the first; beyond it they are stored and merged, and due when that minute is over, also where `MAX_BATCH_SIZE` or `BATCH_MAX_WAIT` would make them due sooner; 0: no limit.',
    {
      unit: 'messages',
      min: 0,
      max: 100_000,
      sharedBy: ['webhook'],
      company: 'window.maxMessagesPerMinute',
    },
  )
  MAX_MESSAGES_PER_MINUTE = 0;

  // WhatsApp's longest text, 65,536 characters, in any script: at most 4 bytes each in UTF-8.
  @Bytes(
    'Text that makes a batch due at once, and the longest text of one message, in UTF-8; the default holds 65,536 characters of any script.',
    { min: 1024, max: 4 * MEGABYTE, sharedBy: 'all' },
  )
  MAX_BATCH_BYTES = 262_144;

  @Whole(
    'A message older than this when it comes is stored, marked `stale`, and handed off alone; 0: none is.',
    { unit: 'seconds', min: 0, max: 30 * DAY_S, sharedBy: ['webhook'] },
  )
  MAX_MESSAGE_AGE = 0;
}

export const windowSettings = defineSettings(
  'window',
  WindowVariables,
  (env) => ({
    quietMs: env.BATCH_TIMEOUT,
    /** Of a customer's habit; false: `quietMs` for every customer. */
    endpointing: env.ENDPOINTING === 'dynamic' && boundsOf(env),
    quietMsByType: quietMsByType(env.BATCH_TIMEOUT_BY_TYPE),
    maxWaitMs: env.BATCH_MAX_WAIT,
    maxSize: env.MAX_BATCH_SIZE,
    /** Messages of a conversation within a minute, beyond which its window waits for the end of it; 0: any number. */
    maxPerMinute: env.MAX_MESSAGES_PER_MINUTE,
    /** Of a batch's messages, each text counted once: `MAX_BATCH_BYTES`. */
    maxBytes: env.MAX_BATCH_BYTES,
    /** The same as Redis stores them, each text twice. */
    maxStoredBytes: Math.floor((TEXT_COPIES + ENVELOPE_SHARE) * env.MAX_BATCH_BYTES),
    /** Older messages travel alone; 0: none is too old. */
    maxMessageAgeMs: env.MAX_MESSAGE_AGE * 1000,
  }),
  [
    {
      variable: 'BATCH_TIMEOUT_MIN',
      broken: (env) => boundsOf(env).minMs > env.BATCH_TIMEOUT,
      problem: 'must not be longer than BATCH_TIMEOUT',
    },
    {
      variable: 'BATCH_TIMEOUT_MAX',
      broken: (env) => boundsOf(env).maxMs < env.BATCH_TIMEOUT,
      problem: 'must not be shorter than BATCH_TIMEOUT',
    },
    {
      variable: 'BATCH_MAX_WAIT',
      broken: (env) => env.BATCH_MAX_WAIT < longestQuietMs(env),
      problem:
        'must not be shorter than BATCH_TIMEOUT, BATCH_TIMEOUT_MAX or any entry of BATCH_TIMEOUT_BY_TYPE',
    },
  ],
);

/** What is pending at the most, for one conversation. */
export class BoundsVariables {
  @Whole(
    'Messages that one conversation may hold; beyond it its senders are answered 429. Not below `MAX_BATCH_SIZE`.',
    { unit: 'messages', min: 1, max: 100_000, sharedBy: ['webhook'] },
  )
  MAX_PENDING_PER_CONVERSATION = 1_000;

  @Bytes(
    'What one conversation may hold, as Redis stores it, each text twice; beyond it its senders are answered 429. Not below `MAX_BATCH_BYTES`.',
    { min: 1024, max: 256 * MEGABYTE, sharedBy: ['webhook'] },
  )
  MAX_PENDING_BYTES = 16 * MEGABYTE;
}

export const boundsSettings = defineSettings('bounds', BoundsVariables, (env) => ({
  maxPending: env.MAX_PENDING_PER_CONVERSATION,
  maxPendingBytes: env.MAX_PENDING_BYTES,
}));

/** What a colleague's answer from the phone does. */
export class HumanReplyVariables {
  @OneOf(
    "What a colleague's answer from the phone does to what is pending: `hold` it for a time, `clear` it, or nothing.",
    ['ignore', 'hold', 'clear'],
    { sharedBy: ['webhook'], company: 'window.onHumanReply' },
  )
  ON_HUMAN_REPLY: 'ignore' | 'hold' | 'clear' = 'ignore';

  @Whole(
    'How long a conversation is held after such an answer, or after the bot has handed it over; then what is pending is handed off.',
    {
      unit: 'seconds',
      min: 1,
      max: DAY_S,
      sharedBy: ['webhook', 'worker'],
      company: 'window.humanReplyHold',
    },
  )
  HUMAN_REPLY_HOLD = 600;
}

export const humanReplySettings = defineSettings('humanReply', HumanReplyVariables, (env) => ({
  action: env.ON_HUMAN_REPLY,
  holdMs: env.HUMAN_REPLY_HOLD * 1000,
}));

/** The longest silence that any message may ask for, ms. */
export function longestQuietMs(env: WindowVariables): number {
  const { BATCH_TIMEOUT, BATCH_TIMEOUT_BY_TYPE } = env;
  return Math.max(BATCH_TIMEOUT, boundsOf(env).maxMs, ...quietMsByType(BATCH_TIMEOUT_BY_TYPE).values());
}

/** The silences for customers who rarely split, and who often do, ms. */
function boundsOf({ BATCH_TIMEOUT, BATCH_TIMEOUT_MIN, BATCH_TIMEOUT_MAX }: WindowVariables): {
  minMs: number;
  maxMs: number;
} {
  return { minMs: BATCH_TIMEOUT_MIN ?? BATCH_TIMEOUT, maxMs: BATCH_TIMEOUT_MAX ?? BATCH_TIMEOUT };
}

/** The silence of each message type that has one of its own, ms. */
function quietMsByType(entries: readonly string[]): ReadonlyMap<string, number> {
  const given = new Map(
    entries.map((entry) => entry.split(':') as [string, string]).map(([type, ms]) => [type, Number(ms)]),
  );
  const byType = new Map(given);
  for (const type of VOICE_NOTES) {
    const ms = [type, ...VOICE_NOTES, 'audio']
      .map((name) => given.get(name))
      .find((each) => each !== undefined);
    if (ms !== undefined) byType.set(type, ms);
  }
  return byType;
}
