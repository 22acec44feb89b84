import { ReplyError } from 'ioredis';
import {
  asOutage,
  isDemoted,
  isDenied,
  isPassing,
  isRefusal,
  replyCode,
  replyInShort,
  StoreUnavailableError,
} from './outage';

// Its type does not describe the class.
const reply = (text: string): Error => new (ReplyError as new (message: string) => Error)(text);

/** As servers of each version send it, for a command alone and for one inside a script. */
const IN_6_2 = (cause: string): string =>
  `ERR Error running script (call to f_6b1bf486c81ceb7edf3c093f4c48582e38c0e791): @user_script:12: @user_script: 12: ${cause}`;
const IN_7 = (cause: string): string =>
  `${cause} script: 6b1bf486c81ceb7edf3c093f4c48582e38c0e791, on @user_script:12.`;

type Kind = 'passing' | 'demoted' | 'denied' | 'fault';
type Row = [text: string, code: string, kind: Kind];

const ROWS: Row[] = [
  ["OOM command not allowed when used memory > 'maxmemory'.", 'OOM', 'passing'],
  [IN_7("OOM command not allowed when used memory > 'maxmemory'."), 'OOM', 'passing'],
  [IN_6_2("-OOM command not allowed when used memory > 'maxmemory'."), 'OOM', 'passing'],
  ["READONLY You can't write against a read only replica.", 'READONLY', 'demoted'],
  [IN_7("READONLY You can't write against a read only replica."), 'READONLY', 'demoted'],
  [IN_6_2("-READONLY You can't write against a read only replica."), 'READONLY', 'demoted'],
  [IN_6_2('-MISCONF Errors writing to the AOF file: No space left on device'), 'MISCONF', 'passing'],
  [IN_6_2('-NOREPLICAS Not enough good replicas to write.'), 'NOREPLICAS', 'passing'],
  [IN_6_2('-MASTERDOWN Link with MASTER is down'), 'MASTERDOWN', 'demoted'],
  ['LOADING Redis is loading the dataset in memory', 'LOADING', 'demoted'],
  ['BUSY Redis is busy running a script.', 'BUSY', 'passing'],
  ['CLUSTERDOWN Hash slot not served', 'CLUSTERDOWN', 'passing'],
  ['TRYAGAIN Multiple keys request during rehashing of slot', 'TRYAGAIN', 'passing'],
  [
    'UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)',
    'UNBLOCKED',
    'demoted',
  ],
  ['ERR WAIT cannot be used with replica instances.', 'ERR', 'passing'],
  ['ERR max number of clients reached', 'ERR', 'passing'],
  ['ERR max requests limit exceeded. Limit: 500000, Usage: 500000.', 'ERR', 'passing'],
  ['ERR max daily request limit exceeded. Limit: 10000, Usage: 10001.', 'ERR', 'passing'],
  ['ERR DB capacity quota exceeded', 'ERR', 'passing'],
  ["NOPERM User app has no permissions to run the 'evalsha' command", 'NOPERM', 'denied'],
  ["NOPERM this user has no permissions to run the 'evalsha' command or its subcommand", 'NOPERM', 'denied'],
  [
    IN_7("NOPERM ACL failure in script: User app has no permissions to run the 'hset' command"),
    'NOPERM',
    'denied',
  ],
  [IN_7("ERR The user executing the script can't run this command or subcommand"), 'ERR', 'denied'],
  [IN_6_2("The user executing the script can't run this command or subcommand"), 'ERR', 'denied'],
  [
    IN_6_2("The user executing the script can't publish to the channel mentioned in the command"),
    'ERR',
    'denied',
  ],
  ['NOAUTH Authentication required.', 'NOAUTH', 'denied'],
  ['WRONGPASS invalid username-password pair or user is disabled.', 'WRONGPASS', 'denied'],
  ['WRONGTYPE Operation against a key holding the wrong kind of value', 'WRONGTYPE', 'fault'],
  [IN_6_2('-WRONGTYPE Operation against a key holding the wrong kind of value'), 'WRONGTYPE', 'fault'],
  [IN_6_2('attempt to compare nil with number'), 'ERR', 'fault'],
  ['ERR Missing key for job b-OOM. addJob', 'ERR', 'fault'],
  ['NOSCRIPT No matching script. Please use EVAL.', 'NOSCRIPT', 'fault'],
];

// The error that ioredis makes of a cluster's reply when it may follow no redirection.
const unfollowed = (text: string): Error =>
  new Error(`Too many Cluster redirections. Last error: ${String(reply(text))}`);

it.each(ROWS)('%s', (text, code, kind) => {
  expectKind(reply(text), code, kind);
  expectKind(unfollowed(text), code, kind);
});

function expectKind(error: Error, code: string, kind: Kind): void {
  expect(replyCode(error)).toBe(code);
  expect(isPassing(error)).toBe(kind === 'passing' || kind === 'demoted');
  expect(isDenied(error)).toBe(kind === 'denied');
  expect(isRefusal(error)).toBe(kind !== 'fault');
  expect(isDemoted(error)).toBe(kind === 'demoted');
  expect(asOutage(error) instanceof StoreUnavailableError).toBe(kind !== 'fault');
}

it('takes an error that no server sent for an outage, and never for a refusal', () => {
  const error = new Error('OOM read ECONNRESET');

  expect([replyCode(error), replyInShort(error), isRefusal(error)]).toEqual([null, null, false]);
  expect(asOutage(error)).toBeInstanceOf(StoreUnavailableError);
});

it('says in short what a server said at length, and nothing of what was sent to it', () => {
  expect(replyInShort(reply('ERR max number of clients reached'))).toBe('max number of clients');
  expect(replyInShort(reply("ERR unknown command 'AUTH' with args beginning with: hunter2"))).toBe('ERR');
});
