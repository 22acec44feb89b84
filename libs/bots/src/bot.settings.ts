import { defineSettings, Flag, isExposed, List, OptionalUrl, type SettingsOf, Whole } from '@app/config';
import { isPublicAddress } from '@app/platform';

const HOUR_MS = 3_600_000;
const DAY_S = 24 * 3600;

/** The bot, and how patient the worker is with it. */
export class BotVariables {
  @OptionalUrl('The worker posts merged messages there.', { otherwise: 'merged messages are logged' })
  BOT_URL?: string;

  @List(
    'What the worker signs with: two while one is replaced, of which the first signs first. Required with `BOT_URL` in staging and production.',
    {
      // As long as any other secret at the least; Standard Webhooks asks for 24 to 64 bytes.
      shape: /^(?:whsec_)?(?=.{11,})(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
      expected: 'whsec_ and at least 8 bytes in base64 (better 32: openssl rand -base64 32)',
    },
  )
  BOT_SECRET: readonly string[] = [];

  @Whole('How long the bot may take for its answer.', {
    unit: 'milliseconds',
    min: 100,
    max: HOUR_MS,
    sharedBy: ['worker'],
  })
  BOT_TIMEOUT = 30_000;

  @Whole('Calls that one worker has at the bot at a time.', { unit: 'calls', min: 1, max: 1_000 })
  BOT_CONCURRENCY = 10;

  @Whole(
    'Attempts that fail although the bot answers others, before a message becomes a dead letter; and attempts to send a reply.',
    { unit: 'attempts', min: 1, max: 100, sharedBy: ['worker'] },
  )
  BOT_MAX_ATTEMPTS = 8;

  @Whole(
    'The longest wait before the second attempt; twice as long before each further one, up to 5 minutes.',
    { unit: 'milliseconds', min: 10, max: HOUR_MS, sharedBy: ['worker'] },
  )
  BOT_RETRY_DELAY = 2_000;

  @Whole(
    'How long messages wait for a bot that is away, no attempt counted; then they become dead letters.',
    { unit: 'seconds', min: 1, max: 30 * DAY_S, sharedBy: ['worker'] },
  )
  BOT_OUTAGE_MAX = DAY_S;

  @Whole('A message older than this when the bot is called is marked `late` in the call; 0: none is.', {
    unit: 'seconds',
    min: 0,
    max: 30 * DAY_S,
    sharedBy: ['worker'],
  })
  STALE_REPLY = 0;

  @Flag('With `true`, `BOT_URL` may lead to a private or loopback address in staging and production too.')
  BOT_ALLOW_PRIVATE = false;
}

export const botSettings = defineSettings(
  'bot',
  BotVariables,
  (env) => ({
    /** Null: merged messages are logged, and no bot is called. */
    url: env.BOT_URL ?? null,
    /** The first signs first; the bot may verify with any of them. */
    secrets: env.BOT_SECRET,
    timeoutMs: env.BOT_TIMEOUT,
    concurrency: env.BOT_CONCURRENCY,
    maxAttempts: env.BOT_MAX_ATTEMPTS,
    /** The longest wait before the second attempt; each further one may wait twice as long. */
    retryDelayMs: env.BOT_RETRY_DELAY,
    /** How long a message waits for a bot that is away. */
    outageMaxMs: env.BOT_OUTAGE_MAX * 1000,
    /** A message older than this is marked as late when the bot is called; 0: none is. */
    staleReplyMs: env.STALE_REPLY * 1000,
    /** True where the bot may have an address that the internet cannot reach. */
    allowPrivate: env.BOT_ALLOW_PRIVATE || !isExposed(env),
  }),
  [
    {
      variable: 'BOT_SECRET',
      broken: (env) => isExposed(env) && env.BOT_URL !== undefined && env.BOT_SECRET.length === 0,
      problem: 'is required with BOT_URL in staging and production',
    },
    {
      variable: 'BOT_URL',
      // A name is looked up, and its addresses judged, when the bot is called.
      broken: (env) =>
        isExposed(env) &&
        !env.BOT_ALLOW_PRIVATE &&
        env.BOT_URL !== undefined &&
        isPublicAddress(new URL(env.BOT_URL).hostname) === false,
      problem:
        'must not be a private or loopback address in staging and production, unless BOT_ALLOW_PRIVATE=true',
    },
  ],
);

export type BotSettings = SettingsOf<typeof botSettings>;
