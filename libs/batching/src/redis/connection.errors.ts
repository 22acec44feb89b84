import { BootError, EXIT } from '@app/platform';
import { replyCode } from './outage';

/** Redis could not be reached at start. */
export class RedisUnreachableError extends BootError {
  /** @param address host and port, nothing else of the URL. */
  constructor(address: string, cause: string, waitMs: number) {
    super(
      `Redis at ${address} cannot be reached: ${cause}, for ${waitMs / 1000} s (REDIS_BOOT_WAIT).\n` +
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

/** By the reply's code: its text may repeat what was sent, the password among it. */
function reasonOf(reply: Error): string {
  const code = replyCode(reply) ?? '';
  switch (code) {
    case 'WRONGPASS':
    case 'NOAUTH':
      return `user or password (${code}). A / # ? @ : in them is written %2F %23 %3F %40 %3A.`;
    case 'NOPERM':
      return 'its user may not do what we need (NOPERM).';
    default:
      return reply.message.includes('DB index')
        ? 'it has no such database. Let the URL end in /0 or in nothing.'
        : `the server answers ${code}.`;
  }
}
