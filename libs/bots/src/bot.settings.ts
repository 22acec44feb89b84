import {
  Bytes,
  defineSettings,
  Flag,
  isExposed,
  List,
  OneOf,
  OptionalJudged,
  OptionalText,
  OptionalUrl,
  type Problem,
  type SettingsOf,
  Whole,
} from '@app/config';
import { isPublicAddress } from '@app/platform';
import type { NeededVariable } from './preset';
import { PRESET_NAMES, presetNamed } from './presets';
import { rapidFire } from './registry';
import { faultIn } from './template/expression';

const HOUR_MS = 3_600_000;
const DAY_S = 24 * 3600;

/** A part of a conversation with the bot, as the operator writes it. */
const EXPRESSION = { faultIn, expected: 'a JSONata expression' };

/** The bot, and how patient the worker is with it. */
export class BotVariables {
  @OptionalUrl('The worker posts merged messages there.', {
    otherwise: 'merged messages are logged',
    company: 'bot.url',
  })
  BOT_URL?: string;

  @OneOf(
    'The kind of bot at `BOT_URL`: how it is called, and how its answer is read ([bots](bots/README.md)).',
    PRESET_NAMES,
    { sharedBy: ['worker'], company: 'bot.preset' },
  )
  BOT_PRESET = rapidFire.name;

  @OptionalText('The key by which the bot knows the worker, sent as its preset prescribes.', {
    shape: /^\S+$/,
    expected: 'free of spaces',
    company: 'bot.apiKey',
  })
  BOT_API_KEY?: string;

  @OptionalText('The model that answers, where the preset has one: OpenAI’s model, LangGraph’s assistant.', {
    expected: 'any text',
    shown: 'whole',
    sharedBy: ['worker'],
    sharedAs: (model?: string) => model ?? '',
    company: 'bot.model',
  })
  BOT_MODEL?: string;

  @OptionalText('What a model is told before every conversation, where the preset has a place for it.', {
    expected: 'any text',
    company: 'bot.prompt',
  })
  BOT_PROMPT?: string;

  @OptionalJudged('Headers of the call in addition to the preset’s, over the merged message.', {
    ...EXPRESSION,
    company: 'bot.headers',
  })
  BOT_HEADERS?: string;

  @OptionalJudged('The body of the call in place of the preset’s, over the merged message.', {
    ...EXPRESSION,
    company: 'bot.body',
  })
  BOT_BODY?: string;

  @OptionalJudged('The reply or replies, over the bot’s answer, in place of the preset’s reading.', {
    ...EXPRESSION,
    company: 'bot.reply',
  })
  BOT_REPLY?: string;

  @OptionalJudged('What is kept for the conversation’s next call, over the bot’s answer.', {
    ...EXPRESSION,
    company: 'bot.state',
  })
  BOT_STATE?: string;

  @Whole('How long what is kept of a conversation outlasts its last answer.', {
    unit: 'seconds',
    min: 60,
    max: 90 * DAY_S,
    sharedBy: ['worker'],
  })
  BOT_STATE_TTL = DAY_S;

  @Bytes('How much is kept of a conversation; of what was said, the oldest is dropped.', {
    min: 256,
    max: 1024 ** 2,
    sharedBy: ['worker'],
  })
  BOT_STATE_BYTES = 32 * 1024;

  @List(
    'Secrets with which the worker signs each call. Give two, new then old, while you replace one. Required with `BOT_URL` in staging and production, unless `BOT_PRESET` names a product, which checks no signature.',
    {
      // As long as any other secret at the least; Standard Webhooks asks for 24 to 64 bytes.
      shape: /^(?:whsec_)?(?=.{11,})(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
      expected: 'whsec_ and at least 8 bytes in base64 (better 32: openssl rand -base64 32)',
      company: 'bot.secret',
    },
  )
  BOT_SECRET: readonly string[] = [];

  @Whole('How long the bot may take for its answer.', {
    unit: 'milliseconds',
    min: 100,
    max: HOUR_MS,
    sharedBy: ['worker'],
    company: 'bot.timeout',
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
    /** How to talk to it: the preset's name, what it is shown, and the expressions that replace parts of the preset. */
    dialect: {
      preset: env.BOT_PRESET,
      key: env.BOT_API_KEY ?? null,
      model: env.BOT_MODEL ?? null,
      prompt: env.BOT_PROMPT ?? null,
      template: {
        headers: env.BOT_HEADERS ?? null,
        body: env.BOT_BODY ?? null,
        reply: env.BOT_REPLY ?? null,
        state: env.BOT_STATE ?? null,
      },
    },
    /** What is kept of a conversation for the bot. */
    state: { ttlMs: env.BOT_STATE_TTL * 1000, maxBytes: env.BOT_STATE_BYTES },
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
      broken: (env) =>
        isExposed(env) &&
        env.BOT_URL !== undefined &&
        env.BOT_PRESET === rapidFire.name &&
        env.BOT_SECRET.length === 0,
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
    (env, known) =>
      env.BOT_URL === undefined || known.isMalformed('BOT_PRESET') || known.isMalformed('BOT_URL')
        ? []
        : presetProblems(env),
  ],
);

/** What the preset misses, or finds wrong. */
function presetProblems(env: BotVariables): Problem[] {
  const { name, needs, path } = presetNamed(env.BOT_PRESET);
  // An expression may bring what the preset would have taken from the variable.
  const isGiven: Record<NeededVariable, boolean> = {
    BOT_API_KEY: (env.BOT_API_KEY ?? env.BOT_HEADERS) !== undefined,
    BOT_MODEL: (env.BOT_MODEL ?? env.BOT_BODY) !== undefined,
  };
  const problems: Problem[] = needs
    .filter((variable) => !isGiven[variable])
    .map((variable) => ({ variable, problem: `is required with BOT_PRESET=${name}` }));
  if (path && !path.shape.test(new URL(env.BOT_URL ?? '').pathname))
    problems.push({ variable: 'BOT_URL', problem: `must end with ${path.expected} with BOT_PRESET=${name}` });
  return problems;
}

export type BotSettings = SettingsOf<typeof botSettings>;
