import { BootError, EXIT } from '@app/config';
import { type RedisAddress, showAddress, showServers, VARIABLE_OF } from '../config/redis-address';
import { ENCODED } from '../config/redis-place';
import { replyCode } from './outage';

/** The rights that a process needs and its user lacks; empty if nothing is missing. */
export interface MissingRights {
  commands: string[];
  /** Patterns of keys. */
  keys: string[];
  channels: string[];
}

// The codes of Node and OpenSSL for a certificate whose signer they do not know.
const UNKNOWN_SIGNER =
  /SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_VERIFY_LEAF_SIGNATURE|CERT_UNTRUSTED/;

/** Redis could not be reached at start. */
export class RedisUnreachableError extends BootError {
  constructor(address: RedisAddress, cause: string) {
    const remedy = UNKNOWN_SIGNER.test(cause)
      ? 'Its certificate is signed by an authority that Node does not know: name that one’s file with NODE_EXTRA_CA_CERTS, and start again.'
      : `See that it runs and that ${VARIABLE_OF[address.kind]} points to it, and start again.`;
    super(`Redis at ${showServers(address)} cannot be reached: ${cause}.\n${remedy}`, EXIT.unavailable);
  }
}

/** Redis answers, and refuses what its address asks for; another try changes nothing. */
export class RedisRefusedError extends BootError {
  constructor(address: RedisAddress, reply: Error) {
    const variable = VARIABLE_OF[address.kind];
    super(
      `Redis at ${showAddress(address)} refuses what ${variable} asks for: ${reasonOf(reply)}`,
      EXIT.config,
    );
  }
}

/** Redis does not allow its user what a process needs; the message names everything that is missing. */
export class MissingRightsError extends BootError {
  constructor(address: RedisAddress, { commands, keys, channels }: MissingRights) {
    const lines = [
      commands.length > 0 && `may not run ${commands.join(', ')}: ${grants('+', commands)}`,
      keys.length > 0 && `may not use keys like ${keys.join(', ')}: ${grants('~', keys)}`,
      channels.length > 0 &&
        `may not use the channel ${channels.join(', ')}: ${grants('&', channels)} (or &* for all)`,
    ];
    super(
      [
        `Redis at ${showAddress(address)} does not allow the user of ${VARIABLE_OF[address.kind]} what is needed. It`,
        ...lines.filter((line) => line !== false).map((line) => `  ${line}`),
        'Grant that with ACL SETUSER, and start again. docs/redis-keys.md lists every key.',
      ].join('\n'),
      EXIT.config,
    );
  }
}

function grants(sign: string, names: readonly string[]): string {
  return names.map((name) => `${sign}${sign === '+' ? name.toLowerCase() : name}`).join(' ');
}

/** Redis says: User app has no permissions to run the 'info' command. */
function deniedCommand({ message }: Error): string {
  return /'([a-z|]{2,30})' command/.exec(message)?.[1]?.toUpperCase() ?? 'all commands that we need';
}

/** Uses the reply's code, because its text may repeat what was sent, including the password. */
function reasonOf(reply: Error): string {
  const code = replyCode(reply) ?? '';
  switch (code) {
    case 'WRONGPASS':
    case 'NOAUTH':
      return `user or password (${code}). In a URL, write ${ENCODED}.`;
    case 'NOPERM':
      return `its user may not run ${deniedCommand(reply)} (NOPERM). Grant it with ACL SETUSER.`;
    default:
      if (reply.message.includes('DB index'))
        return 'it has no such database. Let the URL end in /0 or in nothing.';
      if (reply.message.includes('cluster support disabled')) {
        return 'it is a single server, no cluster. Name it with REDIS_URL instead.';
      }
      return `the server answers ${code}.`;
  }
}
