import { realpath } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { SilentOrphanError } from './errors';
import { probe } from './probe';
import { identityOf, isAlive } from './process-identity';
import { RedisProcess } from './redis-process';
import { identityIn, type RedisRecord } from './redis-record';

/** How long to wait for a live Redis that does not answer: it may be starting, or ending, ms. */
const SILENCE_MS = 5_000;
const LOOK_AGAIN_MS = 100;

/**
 * Finds the Redis that a killed process left running on a directory; undefined if there is none.
 *
 * @throws SilentOrphanError if it is alive and does not answer: a second Redis would corrupt its files.
 */
export async function findOrphan(record: RedisRecord, directory: string): Promise<RedisProcess | undefined> {
  const identity = identityIn(record);
  const deadline = Date.now() + SILENCE_MS;
  for (;;) {
    const answer = await probe(record.port);
    // Another program may have taken the port since; only our directory proves that it is ours.
    const isOurs = answer?.directory === (await realpath(directory));
    const answering = isOurs ? await identityOf(answer.pid) : undefined;
    if (answering) return RedisProcess.adopt(answering, record.port);
    if (!identity || !(await isAlive(identity))) return undefined;
    if (Date.now() > deadline) throw new SilentOrphanError(identity.pid, record.port);
    await delay(LOOK_AGAIN_MS);
  }
}
