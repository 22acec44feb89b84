import { IsOptional } from 'class-validator';
import { Bytes, Flag, List, OneOf, OptionalText, OptionalUrl, Text, Whole } from './variables';

export const ENVIRONMENTS = ['development', 'test', 'staging', 'production'] as const;
export type EnvironmentName = (typeof ENVIRONMENTS)[number];

/** What becomes of messages in groups: nothing, one conversation for the group, or one for each who speaks there. */
export const GROUP_POLICIES = ['ignore', 'per-chat', 'per-sender'] as const;
export type GroupPolicy = (typeof GROUP_POLICIES)[number];

const HOUR_MS = 3_600_000;
const WEEK_S = 7 * 24 * 3600;
const MEGABYTE = 1024 ** 2;
const SECRET = /^\S{8,}$/;
// The account is the gateway's own name for it, which may hold a colon or an equals sign.
const COMPANY_OF_ACCOUNT = /^(?:venom|meta|waha|evolution):.+=[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
/** Also where each entry is well-formed and all together make no sense. */
export const TRUST_PROXY_EXPECTED =
  'a number of proxies from 1 to 9, or addresses, subnets, loopback, linklocal, uniquelocal';
const SECRET_EXPECTED = 'at least 8 characters without spaces';
// As long as any other secret at the least; Standard Webhooks asks for 24 to 64 bytes.
const SIGNING_KEY = /^(?:whsec_)?(?=.{11,})(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const SIGNING_KEY_EXPECTED = 'whsec_ and at least 8 bytes in base64 (better 32: openssl rand -base64 32)';
const TOKEN = /^\S+$/;
const TOKEN_EXPECTED = 'free of spaces';

/** Every variable that the processes read: its default, its rule, its unit. The table in docs/settings.md says the same. */
export class Environment {
  @OneOf(ENVIRONMENTS) NODE_ENV: EnvironmentName = 'development';

  @Whole('port', 0, 65535) PORT = 3000;
  @Whole('port', 0, 65535) BATCHER_PORT = 3001;
  @Whole('port', 0, 65535) WORKER_PORT = 3002;
  @Bytes(1024, 64 * MEGABYTE) BODY_LIMIT = 4 * MEGABYTE;
  @List(SECRET, SECRET_EXPECTED) WEBHOOK_SECRET: string[] = [];
  @List(SECRET, SECRET_EXPECTED) ADMIN_API_KEY: string[] = [];
  @List(SECRET, SECRET_EXPECTED) METRICS_TOKEN: string[] = [];
  @Whole('wrong secrets', 1, 1_000_000) WRONG_SECRETS_PER_MINUTE = 100;
  @List(/^[\w.:/]+$/, TRUST_PROXY_EXPECTED) TRUST_PROXY: string[] = [];
  @List(/^https?:\/\/[^\s/]+$/, 'an origin like https://admin.example.org') CORS_ORIGINS: string[] = [];

  @List(SECRET, SECRET_EXPECTED) META_APP_SECRET: string[] = [];
  @List(SECRET, SECRET_EXPECTED) META_VERIFY_TOKEN: string[] = [];
  @List(SECRET, SECRET_EXPECTED) WAHA_HMAC_KEY: string[] = [];
  @List(SECRET, SECRET_EXPECTED) EVOLUTION_JWT_KEY: string[] = [];
  @List(COMPANY_OF_ACCOUNT, 'like waha:default=1 (gateway, account and company)')
  GATEWAY_COMPANIES: string[] = [];
  @OneOf(GROUP_POLICIES) GROUP_MESSAGES: GroupPolicy = 'ignore';

  @OptionalText() REDIS_URL?: string;
  @List(/^\S+$/, 'servers as host:port or as redis:// URLs') REDIS_CLUSTER_NODES: string[] = [];
  @List(/^\S+$/, 'Sentinels as host:port or as redis:// URLs') REDIS_SENTINELS: string[] = [];
  @OptionalText(/^[\w.-]+$/, 'letters, digits, dots, dashes and underscores') REDIS_SENTINEL_NAME?: string;
  @OptionalText() REDIS_USERNAME?: string;
  @OptionalText() REDIS_PASSWORD?: string;
  @List(/^([1-9]\d{0,4})$/, 'port numbers') REDIS_ALLOWED_PORTS: string[] = [];
  @Flag() REDIS_ALLOW_PLAINTEXT = false;
  @OptionalText(/^(development|test|staging|production)$/, `one of ${ENVIRONMENTS.join(', ')}`)
  REDIS_ALLOW_ENVIRONMENT?: EnvironmentName;
  @Whole('seconds', 1, 3_600) REDIS_BOOT_WAIT = 30;
  // A sender must hear 503 within 2 s of a silent Redis. Never less than the wait for replicas, nor more than a heartbeat lasts.
  @Whole('milliseconds', 1_000, 8_000) REDIS_COMMAND_TIMEOUT = 1_500;
  @IsOptional() @Whole('partitions', 1, 1_024) PARTITIONS?: number;
  @Whole('replicas', 0, 10) REDIS_MIN_REPLICAS = 0;
  @Text(/^[^{}\s]*$/, 'free of spaces and braces') KEY_PREFIX = '';
  @Text(/^[^:{}\s]+$/, 'not empty and free of spaces, colons and braces') QUEUE_NAME = 'messages';

  @Whole('milliseconds', 50, HOUR_MS) BATCH_TIMEOUT = 9_000;
  @List(/^[a-z_]+:\d{2,7}$/, 'like audio:15000 (a message type and milliseconds)')
  BATCH_TIMEOUT_BY_TYPE: string[] = [];
  @Whole('milliseconds', 50, 24 * HOUR_MS) BATCH_MAX_WAIT = 60_000;
  @Whole('messages', 1, 1_000) MAX_BATCH_SIZE = 10;
  // WhatsApp's longest text, 65,536 characters, in any script: at most 4 bytes each in UTF-8.
  @Bytes(1024, 4 * MEGABYTE) MAX_BATCH_BYTES = 262_144;
  @Whole('messages', 1, 100_000) MAX_PENDING_PER_CONVERSATION = 1_000;
  @Bytes(1024, 256 * MEGABYTE) MAX_PENDING_BYTES = 16 * MEGABYTE;
  @Whole('seconds', 1, WEEK_S) BATCH_TTL = 600;
  @Whole('seconds', 1, 30 * 24 * 3600) DEDUP_TTL = 86_400;
  @Whole('batches', 0, 10_000_000) HISTORY_MAX = 10_000;
  @Whole('seconds', 1, 366 * 24 * 3600) HISTORY_TTL = 86_400;
  @Bytes(0, 1024 * 1024 * MEGABYTE) HISTORY_BYTES = 64 * MEGABYTE;
  @Whole('seconds', 0, 30 * 24 * 3600) MAX_MESSAGE_AGE = 0;
  @List(
    /^(edit|revoke|reaction|status|system|unsupported)$/,
    'of edit, revoke, reaction, status, system, unsupported',
  )
  FORWARD_EVENTS: string[] = [];
  @OneOf(['ignore', 'hold', 'clear']) ON_HUMAN_REPLY: 'ignore' | 'hold' | 'clear' = 'ignore';
  @Whole('seconds', 1, 86_400) HUMAN_REPLY_HOLD = 600;
  BATCH_SEPARATOR = ' ';

  @Whole('milliseconds', 1_000, 60_000) CHECK_INTERVAL = 1_000;
  @Whole('seconds', 1, 3_600) CLAIM_LEASE = 30;
  @Whole('batches', 1, 10_000) CLAIM_BATCHES = 200;
  @Whole('attempts', 1, 1_000) HANDOFF_MAX_ATTEMPTS = 10;
  @OneOf(['hold', 'parallel']) BUSY_POLICY: 'hold' | 'parallel' = 'hold';
  @Whole('seconds', 1, 86_400) TURN_MAX = 600;
  @Flag() SHUTDOWN_FLUSH = false;
  @Flag() REQUIRE_BATCHER = false;

  @OptionalUrl() BOT_URL?: string;
  @List(SIGNING_KEY, SIGNING_KEY_EXPECTED) BOT_SECRET: string[] = [];
  @Whole('milliseconds', 100, HOUR_MS) BOT_TIMEOUT = 30_000;
  @Whole('calls', 1, 1_000) BOT_CONCURRENCY = 10;
  @Whole('attempts', 1, 100) BOT_MAX_ATTEMPTS = 8;
  @Whole('milliseconds', 10, HOUR_MS) BOT_RETRY_DELAY = 2_000;
  @Whole('seconds', 1, 30 * 24 * 3600) BOT_OUTAGE_MAX = 86_400;
  @Whole('seconds', 0, 30 * 24 * 3600) STALE_REPLY = 0;
  @Flag() BOT_ALLOW_PRIVATE = false;
  @Flag() TYPING_FEEDBACK = false;
  @OptionalUrl() VENOM_SENDER_URL?: string;
  @OptionalText(TOKEN, TOKEN_EXPECTED) VENOM_SENDER_TOKEN?: string;
  @OptionalUrl() META_API_URL?: string;
  @OptionalText(TOKEN, TOKEN_EXPECTED) META_API_TOKEN?: string;
  @OptionalUrl() WAHA_API_URL?: string;
  @OptionalText(TOKEN, TOKEN_EXPECTED) WAHA_API_KEY?: string;
  @OptionalUrl() EVOLUTION_API_URL?: string;
  @OptionalText(TOKEN, TOKEN_EXPECTED) EVOLUTION_API_KEY?: string;

  @OneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal']) LOG_LEVEL = 'info';
  @OptionalText(/^(json|pretty)$/, 'json or pretty') LOG_FORMAT?: 'json' | 'pretty';
  @OptionalText(/^(masked|full)$/, 'masked or full') LOG_PHONES?: 'masked' | 'full';
}

/** The variables' names and defaults, as the documentation lists them. */
export const DEFAULTS: Readonly<Environment> = Object.freeze(new Environment());
