import { DEFAULTS, type Environment } from './environment';
import { asUrl } from './redis-address';
import { readRedisUrl, showRedisUrl } from './redis-place';
import { splitList } from './variables';

type Name = keyof Environment;

/** Texts that cannot hold a secret. Whatever text is not listed is masked, so that a new variable begins masked. */
const PLAIN: ReadonlySet<Name> = new Set<Name>([
  'NODE_ENV',
  'TRUST_PROXY',
  'REDIS_ALLOWED_PORTS',
  'REDIS_ALLOW_ENVIRONMENT',
  'REDIS_SENTINEL_NAME',
  'KEY_PREFIX',
  'QUEUE_NAME',
  'BATCH_TIMEOUT_BY_TYPE',
  'GATEWAY_COMPANIES',
  'GROUP_MESSAGES',
  'BATCH_SEPARATOR',
  'LOG_LEVEL',
  'LOG_FORMAT',
  'LOG_PHONES',
]);

/** Lists of servers, of each of which a URL may hold a password. */
const SERVERS: ReadonlySet<Name> = new Set<Name>(['REDIS_CLUSTER_NODES', 'REDIS_SENTINELS']);

/** A checked variable as it may be shown: numbers, flags and plain texts whole, of a URL its place, of a secret that it is set. */
export function shownValue(name: Name, value: Environment[Name]): string {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return 'not set';
  if (name === 'REDIS_URL') return showRedisUrl(String(value));
  if (SERVERS.has(name)) return (value as string[]).map((item) => showServer(item)).join(', ');
  if (typeof value === 'number' || typeof value === 'boolean' || PLAIN.has(name)) return String(value);
  return 'set';
}

/** A variable's text as it was given, before anything has checked it; null where it may not be shown. */
export function shownText(name: Name, text: string): string | null {
  if (text.trim() === '') return 'empty';
  if (name === 'REDIS_URL') return showRedisUrl(text);
  if (SERVERS.has(name))
    return splitList(text)
      .map((item) => showServer(item))
      .join(', ');
  const standard = DEFAULTS[name];
  // Only what has the shape of its kind: a password may have been pasted beside the wrong name.
  if (typeof standard === 'number') return /^\d{1,12}([kmg]b)?$/i.test(text) ? text : null;
  if (typeof standard === 'boolean') return /^(true|false)$/.test(text) ? text : null;
  return null;
}

function showServer(item: string): string {
  const read = readRedisUrl(asUrl(item));
  return read.kind === 'place' ? `${read.place.host}:${read.place.port}` : 'a URL that cannot be read';
}
