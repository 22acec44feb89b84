import type { RedisAddress } from '../config/redis-address';
import { RedisRefusedError, RedisUnreachableError } from './connection.errors';
import { isDenied, replyInShort, StoreUnavailableError } from './outage';

/**
 * Runs a step of a start that Redis has to answer.
 *
 * @throws BootError for an operator if Redis is gone again, takes nothing, or does not allow the step.
 */
export async function whileStarting<T>(address: RedisAddress, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw asBootError(address, error);
  }
}

/** The error of a command: the server does not allow it, or is gone again; any other error is a fault of ours. */
function asBootError(address: RedisAddress, error: unknown): unknown {
  if (!(error instanceof StoreUnavailableError)) return error;
  const { cause } = error;
  if (isDenied(cause)) return new RedisRefusedError(address, cause as Error);
  const said = replyInShort(cause);
  return new RedisUnreachableError(
    address,
    said === null ? 'it was there and is gone again' : `it answers, and takes nothing (${said})`,
  );
}
