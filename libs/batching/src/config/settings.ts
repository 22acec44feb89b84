import { BESIDE_A_TEXT, TEXT_COPIES } from '@app/contracts';
import type { CompanyId } from '@app/contracts';
import type { EffectiveConfiguration } from './effective';
import type { Environment, EnvironmentName, GroupPolicy } from './environment';
import { addressOf, type RedisAddress } from './redis-address';
import { companiesOf, isExposed, quietMsByType } from './rules';
import { trustedProxies, type TrustedProxies } from './trusted-proxies';

/** Injection token of the settings. */
export const SETTINGS = Symbol('SETTINGS');

// Enough to spread evenly over a dozen masters, few enough that looking at all of them is one round trip to each.
const CLUSTER_PARTITIONS = 64;

/** The variables that gateways prove themselves with. */
type SecretVariable = 'WEBHOOK_SECRET' | 'META_APP_SECRET' | 'WAHA_HMAC_KEY' | 'EVOLUTION_JWT_KEY';

/** Where a gateway takes what the business says, and by what it knows us. */
export interface SenderSettings {
  url: string;
  token: string | null;
}

/** The environment, checked once and shaped for the code: units stand in the names. */
export interface Settings {
  environment: EnvironmentName;
  http: {
    port: number;
    batcherPort: number;
    workerPort: number;
    bodyLimitBytes: number;
    webhookSecrets: readonly string[];
    adminKeys: readonly string[];
    metricsTokens: readonly string[];
    /** Per address. */
    wrongSecretsPerMinute: number;
    /** Whose `X-Forwarded-For` is believed. */
    trustedProxies: TrustedProxies;
    /** Whose pages may call us from a browser; empty: nobody's but our own. */
    corsOrigins: readonly string[];
  };
  redis: {
    address: RedisAddress;
    keyPrefix: string;
    /** Into so many parts, each in a slot of its own, conversations are divided; one needs no slot. */
    partitions: number;
    /** So many replicas must have a message before its sender hears that it is stored. */
    minReplicas: number;
    /** How long a process that starts waits for its Redis. */
    bootWaitMs: number;
    /** How long a connection or a command may take; then the server counts as gone. */
    commandTimeoutMs: number;
    /** The other environment whose Redis this process may use all the same. */
    allowEnvironment: EnvironmentName | null;
  };
  window: {
    quietMs: number;
    quietMsByType: ReadonlyMap<string, number>;
    maxWaitMs: number;
    maxSize: number;
    /** Of a batch's messages, each text counted once: `MAX_BATCH_BYTES`. */
    maxBytes: number;
    /** The same as Redis stores them, each text twice. */
    maxStoredBytes: number;
    /** Older messages travel alone; 0: none is too old. */
    maxMessageAgeMs: number;
  };
  /** What a colleague's answer from the phone does to what is pending. */
  humanReply: { action: 'ignore' | 'hold' | 'clear'; holdMs: number };
  bounds: { maxPending: number; maxPendingBytes: number };
  memory: {
    /** How long bookkeeping that holds no message is kept; a batch pending longer is overdue. */
    idleTtlS: number;
    dedupTtlMs: number;
    historyMax: number;
    historyMaxBytes: number;
    historyTtlMs: number;
  };
  handOff: {
    queueName: string;
    separator: string;
    leaseMs: number;
    /** Twice what a command may take: a queue that is silent for longer waits for a connection, or for nothing at all. */
    silenceMs: number;
    claimBatches: number;
    maxAttempts: number;
  };
  turns: {
    /** True: one batch of a conversation at the bot at a time, once a worker has been seen. */
    hold: boolean;
    /** How long a bot may work on one attempt before the conversation goes on without it. */
    maxMs: number;
  };
  sweep: { intervalMs: number; shutdownFlush: boolean };
  gateways: {
    /** By the variable that holds them; without one of its own, a gateway falls back to `WEBHOOK_SECRET`. */
    secrets: Readonly<Record<SecretVariable, readonly string[]>>;
    /** Any of which Meta's handshake must show. */
    metaVerifyTokens: readonly string[];
    /** Whose customers write to `<gateway>:<account>`. */
    companies: ReadonlyMap<string, CompanyId>;
    /** What bots are told of beside messages. */
    forwarded: ReadonlySet<string>;
    groups: GroupPolicy;
  };
  bot: {
    /** Null: merged messages are logged, and no bot is called. */
    url: string | null;
    /** The first signs first; the bot may verify with any of them. */
    secrets: readonly string[];
    timeoutMs: number;
    concurrency: number;
    maxAttempts: number;
    /** The longest wait before the second attempt; each further one may wait twice as long. */
    retryDelayMs: number;
    /** How long a message waits for a bot that is away. */
    outageMaxMs: number;
    /** A message older than this is marked as late when the bot is called; 0: none is. */
    staleReplyMs: number;
    /** True where the bot may have an address that the internet cannot reach. */
    allowPrivate: boolean;
  };
  /** How replies get to customers. */
  senders: {
    typingFeedback: boolean;
    /** By the gateway that a message came from; null: its replies are logged. */
    gateways: Readonly<Record<'venom' | 'meta' | 'waha' | 'evolution', SenderSettings | null>>;
  };
  /** Without a batcher on its Redis, a webhook is not ready; else it is, and says what is missing. */
  requireBatcher: boolean;
  log: { level: string; pretty: boolean; maskPhones: boolean };
  /** For operators. */
  effective: EffectiveConfiguration;
}

/** Shapes a validated environment. */
export function settingsOf(
  env: Environment,
  effective: EffectiveConfiguration = { variables: [], shadowed: [] },
): Settings {
  const address = addressOf(env);
  return {
    environment: env.NODE_ENV,
    http: {
      port: env.PORT,
      batcherPort: env.BATCHER_PORT,
      workerPort: env.WORKER_PORT,
      bodyLimitBytes: env.BODY_LIMIT,
      webhookSecrets: env.WEBHOOK_SECRET,
      adminKeys: env.ADMIN_API_KEY,
      metricsTokens: env.METRICS_TOKEN,
      wrongSecretsPerMinute: env.WRONG_SECRETS_PER_MINUTE,
      trustedProxies: trustedProxies(env.TRUST_PROXY) ?? [],
      corsOrigins: env.CORS_ORIGINS,
    },
    redis: {
      address,
      keyPrefix: env.KEY_PREFIX,
      partitions: env.PARTITIONS ?? (address.kind === 'cluster' ? CLUSTER_PARTITIONS : 1),
      minReplicas: env.REDIS_MIN_REPLICAS,
      bootWaitMs: env.REDIS_BOOT_WAIT * 1000,
      commandTimeoutMs: env.REDIS_COMMAND_TIMEOUT,
      allowEnvironment: env.REDIS_ALLOW_ENVIRONMENT ?? null,
    },
    window: {
      quietMs: env.BATCH_TIMEOUT,
      quietMsByType: quietMsByType(env),
      maxWaitMs: env.BATCH_MAX_WAIT,
      maxSize: env.MAX_BATCH_SIZE,
      maxBytes: env.MAX_BATCH_BYTES,
      maxStoredBytes: Math.floor((TEXT_COPIES + BESIDE_A_TEXT) * env.MAX_BATCH_BYTES),
      maxMessageAgeMs: env.MAX_MESSAGE_AGE * 1000,
    },
    humanReply: { action: env.ON_HUMAN_REPLY, holdMs: env.HUMAN_REPLY_HOLD * 1000 },
    bounds: { maxPending: env.MAX_PENDING_PER_CONVERSATION, maxPendingBytes: env.MAX_PENDING_BYTES },
    memory: {
      idleTtlS: env.BATCH_TTL,
      dedupTtlMs: env.DEDUP_TTL * 1000,
      historyMax: env.HISTORY_MAX,
      historyMaxBytes: env.HISTORY_BYTES,
      historyTtlMs: env.HISTORY_TTL * 1000,
    },
    handOff: {
      queueName: env.QUEUE_NAME,
      separator: env.BATCH_SEPARATOR,
      leaseMs: env.CLAIM_LEASE * 1000,
      silenceMs: 2 * env.REDIS_COMMAND_TIMEOUT,
      claimBatches: env.CLAIM_BATCHES,
      maxAttempts: env.HANDOFF_MAX_ATTEMPTS,
    },
    turns: { hold: env.BUSY_POLICY === 'hold', maxMs: env.TURN_MAX * 1000 },
    sweep: { intervalMs: env.CHECK_INTERVAL, shutdownFlush: env.SHUTDOWN_FLUSH },
    gateways: {
      secrets: {
        WEBHOOK_SECRET: env.WEBHOOK_SECRET,
        META_APP_SECRET: env.META_APP_SECRET,
        WAHA_HMAC_KEY: env.WAHA_HMAC_KEY,
        EVOLUTION_JWT_KEY: env.EVOLUTION_JWT_KEY,
      },
      metaVerifyTokens: env.META_VERIFY_TOKEN,
      companies: companiesOf(env),
      forwarded: new Set(env.FORWARD_EVENTS),
      groups: env.GROUP_MESSAGES,
    },
    bot: {
      url: env.BOT_URL ?? null,
      secrets: env.BOT_SECRET,
      timeoutMs: env.BOT_TIMEOUT,
      concurrency: env.BOT_CONCURRENCY,
      maxAttempts: env.BOT_MAX_ATTEMPTS,
      retryDelayMs: env.BOT_RETRY_DELAY,
      outageMaxMs: env.BOT_OUTAGE_MAX * 1000,
      staleReplyMs: env.STALE_REPLY * 1000,
      allowPrivate: env.BOT_ALLOW_PRIVATE || !isExposed(env),
    },
    senders: {
      typingFeedback: env.TYPING_FEEDBACK,
      gateways: {
        venom: senderOf(env.VENOM_SENDER_URL, env.VENOM_SENDER_TOKEN),
        meta: senderOf(env.META_API_URL, env.META_API_TOKEN),
        waha: senderOf(env.WAHA_API_URL, env.WAHA_API_KEY),
        evolution: senderOf(env.EVOLUTION_API_URL, env.EVOLUTION_API_KEY),
      },
    },
    requireBatcher: env.REQUIRE_BATCHER,
    log: {
      level: env.LOG_LEVEL,
      pretty: (env.LOG_FORMAT ?? (isExposed(env) ? 'json' : 'pretty')) === 'pretty',
      maskPhones: (env.LOG_PHONES ?? (env.NODE_ENV === 'production' ? 'masked' : 'full')) === 'masked',
    },
    effective,
  };
}

function senderOf(url: string | undefined, token: string | undefined): SenderSettings | null {
  return url === undefined ? null : { url, token: token ?? null };
}
