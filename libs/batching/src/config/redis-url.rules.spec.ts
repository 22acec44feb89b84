import { ConfigurationError, type EnvironmentName, validateEnvironment } from '@app/config';
import { batchingSettings } from './batching.settings';

const PASSWORD = 'hunter2-of-the-table';

const ACCEPTED = 'accepted';
const PLAINTEXT = 'or, where the network between is private, set REDIS_ALLOW_PLAINTEXT=true';
const FORM =
  'form: redis://user:password@host:port/database, with % / # ? @ : of a password as %25 %2F %23 %3F %40 %3A';
const TUNNEL_PORT = (expected: string): string =>
  `port: port ${expected}, not 6380, which is the tunnel of local development; if it is the right one, set REDIS_ALLOWED_PORTS=6380`;
const SERVER_PORT = (expected: string): string =>
  `port: port ${expected}, not 6379, which is the port of a server itself; if it is the right one, set REDIS_ALLOWED_PORTS=6379`;
const OTHER_PORT = (expected: string, port: number): string =>
  `port: port ${expected}, not ${port}; if it is the right one, set REDIS_ALLOWED_PORTS=${port}`;
const CREDENTIALS = `credentials: a password for a Redis on another machine; write it as rediss://user:password@host:port, ${PLAINTEXT}`;
const TLS = `TLS: rediss:// for a Redis on another machine; use the server's TLS port, ${PLAINTEXT}`;
const HOST =
  'host: the address of a server, not the one on which a server listens for everybody; name the host: 127.0.0.1 for this machine';
const SCHEME = 'scheme: redis:// or rediss://';
const SOCKET =
  'scheme: redis:// or rediss://, for a Unix socket cannot be used: let Redis listen on 127.0.0.1 as well';
const DATABASE = 'database: a database number after the port: /0';
const OPTIONS = 'options: nothing after the database number';

type Row = [EnvironmentName, string, string | string[], Record<string, string>?];

const ports = (REDIS_ALLOWED_PORTS: string): Record<string, string> => ({ REDIS_ALLOWED_PORTS });
const plaintext = { REDIS_ALLOW_PLAINTEXT: 'true' };

const ROWS: Row[] = [
  // The recorded mix-up, both ways: the server with the developer's tunnel, the developer with a server's port.
  ['production', 'redis://localhost:6380', TUNNEL_PORT('6379')],
  ['development', 'redis://localhost:6379', SERVER_PORT('6380')],
  ['staging', 'redis://localhost:6380', TUNNEL_PORT('6379')],

  ['production', 'redis://localhost:6379', ACCEPTED],
  ['production', 'redis://localhost', ACCEPTED],
  ['production', 'redis://127.0.0.1:6379/3', ACCEPTED],
  ['production', 'redis://[::1]:6379', ACCEPTED],
  ['production', `redis://:${PASSWORD}@localhost:6379`, ACCEPTED],
  ['production', 'redis://localhost:6381', OTHER_PORT('6379', 6381)],
  ['production', 'redis://localhost:6380', ACCEPTED, ports('6380')],
  ['production', 'redis://localhost:6379', ACCEPTED, ports('6379,6380')],
  ['production', 'redis://localhost:6379', SERVER_PORT('6380'), ports('6380')],
  ['production', 'redis://localhost:7000', OTHER_PORT('6379 or 6390', 7000), ports('6379,6390')],
  ['production', `rediss://:${PASSWORD}@cache.example:6379`, ACCEPTED],
  ['production', `rediss://app:${PASSWORD}@cache.example`, ACCEPTED],
  ['production', `redis://:${PASSWORD}@cache.example:6379`, TLS],
  ['production', 'rediss://cache.example:6379', CREDENTIALS],
  ['production', 'rediss://app@cache.example:6379', CREDENTIALS],
  ['production', 'redis://cache.example:6379', [CREDENTIALS, TLS]],
  ['production', 'redis://cache.example:6380', [TUNNEL_PORT('6379'), CREDENTIALS, TLS]],
  ['production', 'redis://10.0.0.5:6379', [CREDENTIALS, TLS]],
  ['production', 'redis://127.example:6379', [CREDENTIALS, TLS]],
  ['production', 'redis://redis:6379', ACCEPTED, plaintext],
  ['production', 'redis://redis:6380', TUNNEL_PORT('6379'), plaintext],
  ['production', 'redis://redis:6379', [CREDENTIALS, TLS], { REDIS_ALLOW_PLAINTEXT: 'false' }],
  ['production', `rediss://default:${PASSWORD}@hosted.example:25061`, OTHER_PORT('6379', 25061)],
  ['production', `rediss://default:${PASSWORD}@hosted.example:25061`, ACCEPTED, ports('25061')],
  ['production', `redis://default:${PASSWORD}@hosted.example:25061`, TLS, ports('25061')],

  ['staging', 'redis://localhost:6379', ACCEPTED],
  ['staging', 'redis://redis:6379', ACCEPTED],
  ['staging', `rediss://:${PASSWORD}@hosted.example:16379`, OTHER_PORT('6379', 16379)],
  ['staging', `rediss://:${PASSWORD}@hosted.example:16379`, ACCEPTED, ports('16379')],

  ['development', 'redis://localhost:6380', ACCEPTED],
  ['development', 'redis://127.0.0.1:6380/15', ACCEPTED],
  ['development', 'redis://localhost', SERVER_PORT('6380')],
  ['development', 'redis://localhost:6379', ACCEPTED, ports('6379')],
  ['development', 'redis://redis:6379', ACCEPTED, ports('6379')],
  ['development', 'redis://cache.example:6380', ACCEPTED],

  ['test', 'redis://127.0.0.1:41234', ACCEPTED],
  ['test', 'redis://localhost:6380', ACCEPTED],
  ['test', 'redis://localhost:6379?family=4', ACCEPTED],
  ['test', 'redis://localhost:6380', TUNNEL_PORT('6379'), ports('6379')],

  ['production', 'redis://0.0.0.0:6379', [HOST, CREDENTIALS, TLS]],
  ['test', 'redis://[::]:6379', HOST],
  ['test', 'http://localhost:6379', SCHEME],
  ['production', 'localhost:6379', SCHEME],
  ['production', `//:${PASSWORD}@localhost:6379`, SCHEME],
  ['test', 'redis://', FORM],
  ['test', 'redis://localhost:port', FORM],
  ['test', 'redis://localhost:70000', FORM],
  ['production', `redis://:12345/${PASSWORD}@localhost:6379`, FORM],
  ['production', `redis://app:12345#${PASSWORD}@localhost:6379`, FORM],
  ['production', `redis://app:12345?${PASSWORD}@localhost:6379`, FORM],
  ['test', `redis://:100%${PASSWORD}@localhost:6379`, FORM],
  ['test', `redis://us%er:${PASSWORD}@localhost:6379`, FORM],
  ['test', `rediss://:${PASSWORD}%E9@localhost:6379`, FORM],
  ['test', `redis://:100%25${PASSWORD}@localhost:6379`, ACCEPTED],
  ['test', 'unix:///run/redis/redis.sock', SOCKET],
  ['test', '/run/redis/redis.sock', SOCKET],
  ['test', 'redis+unix:///run/redis/redis.sock', SOCKET],
  ['test', 'redis-socket:///run/redis/redis.sock', SOCKET],
  ['test', 'redis://localhost:6379/first', DATABASE],
  ['test', 'redis://localhost:6379/0/1', DATABASE],
  ['test', `redis://localhost:6379/0?password=${PASSWORD}`, OPTIONS],
  ['test', '', 'is required; only `npm start` brings its own Redis'],
];

describe('REDIS_URL in its environment', () => {
  it.each(ROWS)('%s, %s: %j %j', (environment, url, verdict, allowances = {}) => {
    const message = refusal(environment, { REDIS_URL: url, ...allowances });

    expect(message.filter((line) => line.startsWith('REDIS_URL'))).toEqual(
      expectedLines(environment, verdict),
    );
    expect(message.join('\n')).not.toContain(PASSWORD);
  });

  it('has at least 40 rows', () => expect(ROWS.length).toBeGreaterThanOrEqual(40));

  it('does not apply to a Redis that the program brings', () => {
    const raw = { NODE_ENV: 'development', REDIS_URL: 'redis://127.0.0.1:0' };

    expect(() => validateEnvironment(batchingSettings, raw)).toThrow(ConfigurationError);
    expect(() => validateEnvironment(batchingSettings, raw, { decided: ['REDIS_URL'] })).not.toThrow();
  });
});

/** The problems as an operator reads them; none where the environment is accepted. */
function refusal(environment: EnvironmentName, variables: Record<string, string>): string[] {
  const secrets = { WEBHOOK_SECRET: 'webhook-secret', ADMIN_API_KEY: 'admin-key' };
  try {
    validateEnvironment(batchingSettings, { NODE_ENV: environment, ...secrets, ...variables });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.message.split('\n').map((line) => line.trim());
  }
}

function expectedLines(environment: EnvironmentName, verdict: string | string[]): string[] {
  if (verdict === ACCEPTED) return [];
  return [verdict].flat().map((line) => {
    const [, rule, expected] = /^(\w+): (.*)$/.exec(line) ?? [];
    return rule === undefined
      ? `REDIS_URL ${line}`
      : `REDIS_URL breaks the ${rule} rule of ${environment}: expected ${String(expected)}`;
  });
}
