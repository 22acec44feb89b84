import { BootError, EXIT } from '@app/platform';
import { replyCode } from './outage';

/** Redis could not be reached at start. */
export class RedisUnreachableError extends BootError {
  /** @param address host and port, nothing else of the URL. */
  constructor(address: string, cause: string) {
    super(
      `Redis at ${address} cannot be reached: ${cause}.\n` +
        'See that it runs and that REDIS_URL points to it, and start again.',
      EXIT.unavailable,
    );
  }
}

/** Redis answers, and refuses what REDIS_URL asks for; asking again changes nothing. */
export class RedisRefusedError extends BootError {
  constructor(place: string, reply: Error) {
    super(`Redis at ${place} refuses what REDIS_URL asks for: ${reasonOf(reply)}`, EXIT.config);
  }
}

/** Redis says: User app has no permissions to run the 'info' command. */
function deniedCommand({ message }: Error): string {
  return /'([a-z|]{2,30})' command/.exec(message)?.[1]?.toUpperCase() ?? 'all commands that we need';
}

/** By the reply's code: its text may repeat what was sent, the password among it. */
function reasonOf(reply: Error): string {
  const code = replyCode(reply) ?? '';
  switch (code) {
    case 'WRONGPASS':
    case 'NOAUTH':
      return `user or password (${code}). A / # ? @ : in them is written %2F %23 %3F %40 %3A.`;
    case 'NOPERM':
      return `its user may not run ${deniedCommand(reply)} (NOPERM).`;
    default:
      return reply.message.includes('DB index')
        ? 'it has no such database. Let the URL end in /0 or in nothing.'
        : `the server answers ${code}.`;
  }
}
