/** Where a Redis URL leads, without what it could give away. */
export interface RedisPlace {
  host: string;
  port: number;
  db: number;
  isTls: boolean;
  hasPassword: boolean;
}

/** A URL that was read, or what its form should have been; neither holds anything that could be a secret. */
export type ReadRedisUrl =
  { kind: 'place'; place: RedisPlace } | { kind: 'malformed'; rule: string; expected: string };

const SOCKET = /^(\/(?!\/)|[a-z+-]*(unix|socket))/;
const NO_SOCKETS =
  'redis:// or rediss://, for a Unix socket cannot be used: let Redis listen on 127.0.0.1 as well';

/** How a password is written inside a URL. */
export const ENCODED = '% / # ? @ : of a password as %25 %2F %23 %3F %40 %3A';

const DEFAULT_PORT = 6379;
const DATABASE = /^\/?(\d{0,4})$/;
// Whatever else a query may set, it is a setting of the client that nobody would look for in a URL.
const QUERY = /^(\?family=[46])?$/;

/** Reads a Redis URL. What does not read cleanly is never shown: its parts may be those of a password. */
export function readRedisUrl(text: string): ReadRedisUrl {
  if (!/^rediss?:\/\//.test(text)) {
    return malformed('scheme', SOCKET.test(text) ? NO_SOCKETS : 'redis:// or rediss://');
  }
  const url = parse(text);
  // A `/`, `#` or `?` in a password ends the host's part early: then an @ stands behind it, or a fragment.
  if (url === null || url.hash !== '' || `${url.pathname}${url.search}`.includes('@') || !isDecodable(url)) {
    return malformed('form', `redis://user:password@host:port/database, with ${ENCODED}`);
  }
  const db = DATABASE.exec(url.pathname)?.[1];
  if (db === undefined) return malformed('database', 'a database number after the port: /0');
  if (!QUERY.test(url.search)) return malformed('options', 'nothing after the database number');
  return {
    kind: 'place',
    place: {
      host: url.hostname,
      port: url.port === '' ? DEFAULT_PORT : Number(url.port),
      db: Number(db),
      isTls: url.protocol === 'rediss:',
      hasPassword: url.password !== '',
    },
  };
}

/** Host, port and database of a Redis URL: all of it that may be shown. */
export function showRedisUrl(text: string): string {
  const read = readRedisUrl(text);
  return read.kind === 'place' ? showPlace(read.place) : 'a URL that cannot be read';
}

/** Host and port of one server of several, which is a URL, or `host:port`: all of it that may be shown. */
export function showRedisServer(item: string): string {
  const read = readRedisUrl(asUrl(item));
  return read.kind === 'place' ? `${read.place.host}:${read.place.port}` : 'a URL that cannot be read';
}

/** One server of a list is a URL, or `host:port`. */
export function asUrl(item: string): string {
  return item.includes('://') ? item : `redis://${item}`;
}

export function showPlace({ host, port, db }: Pick<RedisPlace, 'host' | 'port' | 'db'>): string {
  return `${host}:${port}, database ${db}`;
}

/** True where nothing leaves the machine on the way. */
export function isLoopback({ host }: RedisPlace): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

function malformed(rule: string, expected: string): ReadRedisUrl {
  return { kind: 'malformed', rule, expected };
}

/** A % that was meant as itself is mostly followed by what is no code of a character. */
function isDecodable({ username, password }: URL): boolean {
  try {
    decodeURIComponent(username);
    decodeURIComponent(password);
    return true;
  } catch {
    return false;
  }
}

function parse(text: string): URL | null {
  try {
    const url = new URL(text);
    return /^([\w.-]+|\[[\da-f:.]+\])$/i.test(url.hostname) ? url : null;
  } catch {
    return null;
  }
}
