import {
  Bytes,
  defineSettings,
  type EnvironmentVariables,
  isExposed,
  List,
  OptionalUrl,
  Secrets,
  type SettingsOf,
  Whole,
} from '@app/config';
import { adminKeyOf, hasSharedSecret, isWrongAdminKey } from '../access/admin-keys';
import { trustedProxies } from './trusted-proxies';

const MEGABYTE = 1024 ** 2;
const PORT = { unit: 'port', min: 0, max: 65535 };
const PROXIES = 'a number of proxies from 1 to 9, or addresses, subnets, loopback, linklocal, uniquelocal';

/** Who may speak to us, and where. */
export class HttpVariables {
  @Whole('The port of the webhook and of the all-in-one process; 0 takes any free one.', PORT)
  PORT = 3000;

  @Whole('The port of the batcher, for health and metrics.', PORT)
  BATCHER_PORT = 3001;

  @Whole('The port of the worker, for health and metrics.', PORT)
  WORKER_PORT = 3002;

  @OptionalUrl(
    'The public address of the webhook, without our paths. Telegram posts there, and bots that answer later.',
    {
      example: 'https://rapid-fire.example',
    },
  )
  PUBLIC_URL?: string;

  @Bytes('The largest request body.', { min: 1024, max: 64 * MEGABYTE })
  BODY_LIMIT = 4 * MEGABYTE;

  @Secrets('Gateways present one of these. Required in staging and production.')
  WEBHOOK_SECRET: readonly string[] = [];

  @Secrets(
    'Operators present one of these; `name:role:secret` is the secret of one of them, whose role is `read` or `operate`. Required in staging and production.',
  )
  ADMIN_API_KEY: readonly string[] = [];

  @Secrets('A Prometheus presents one of these as a bearer token.', {
    otherwise: 'everyone may scrape `/metrics`',
  })
  METRICS_TOKEN: readonly string[] = [];

  @Whole(
    'Wrong secrets, signatures and tokens that one address may try in a minute; beyond that it is answered 429, while a right one is always let in.',
    { unit: 'wrong secrets', min: 1, max: 1_000_000 },
  )
  WRONG_SECRETS_PER_MINUTE = 100;

  @List(
    'Proxies whose `X-Forwarded-For` is believed, so that the limit above counts the client and not the proxy; a number says how many stand in a row.',
    { shape: /^[\w.:/]+$/, expected: PROXIES, shown: 'whole', otherwise: 'none is believed' },
  )
  TRUST_PROXY: readonly string[] = [];

  @List('Sites whose pages may call us from a browser.', {
    shape: /^https?:\/\/[^\s/]+$/,
    expected: 'an origin like https://admin.example.org',
    otherwise: 'only our own',
  })
  CORS_ORIGINS: readonly string[] = [];
}

export const httpSettings = defineSettings(
  'http',
  HttpVariables,
  (env) => ({
    port: env.PORT,
    batcherPort: env.BATCHER_PORT,
    workerPort: env.WORKER_PORT,
    /** Where the internet reaches the webhook, without a slash at its end; null if nobody has said so. */
    publicUrl: env.PUBLIC_URL?.replace(/\/$/, '') ?? null,
    bodyLimitBytes: env.BODY_LIMIT,
    webhookSecrets: env.WEBHOOK_SECRET,
    adminKeys: env.ADMIN_API_KEY.map(adminKeyOf),
    metricsTokens: env.METRICS_TOKEN,
    /** Per address. */
    wrongSecretsPerMinute: env.WRONG_SECRETS_PER_MINUTE,
    /** Whose `X-Forwarded-For` is believed. */
    trustedProxies: trustedProxies(env.TRUST_PROXY) ?? [],
    /** Whose pages may call us from a browser; empty: nobody's but our own. */
    corsOrigins: env.CORS_ORIGINS,
  }),
  [
    {
      variable: 'TRUST_PROXY',
      broken: (env) => trustedProxies(env.TRUST_PROXY) === null,
      problem: `must be ${PROXIES}`,
    },
    {
      variable: 'ADMIN_API_KEY',
      broken: (env) => env.ADMIN_API_KEY.some(isWrongAdminKey),
      problem:
        'must be secrets, or name:role:secret with the role read or operate and a secret of at least 8 characters',
    },
    {
      variable: 'ADMIN_API_KEY',
      broken: (env) => hasSharedSecret(env.ADMIN_API_KEY),
      problem: 'must give each secret once',
    },
    ...(['WEBHOOK_SECRET', 'ADMIN_API_KEY'] as const).map((variable) => ({
      variable,
      broken: (env: HttpVariables & EnvironmentVariables) => isExposed(env) && env[variable].length === 0,
      problem: 'is required in staging and production',
    })),
  ],
);

export type HttpSettings = SettingsOf<typeof httpSettings>;
