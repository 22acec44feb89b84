import fc from 'fast-check';
import type { BatchingSettings } from '../config/batching.settings';
import type { TestBatching } from './batching';
import type { Command } from './command';
import { A_MINUTE_PASSES, anyCommands, TO_THE_BOT_AND_BACK } from './commands';
import { assertJobs } from './invariants';
import { Model } from './model';
import { World } from './world';

const COMMANDS = 40;

/** Narrow limits, so that a short history reaches all of them. */
export const NARROW: Readonly<Record<string, string>> = {
  BATCH_TIMEOUT: '1000',
  BATCH_TIMEOUT_BY_TYPE: 'audio:2000',
  BATCH_MAX_WAIT: '5000',
  MAX_BATCH_SIZE: '3',
  MAX_BATCH_BYTES: '1024',
  MAX_PENDING_PER_CONVERSATION: '8',
  MAX_PENDING_BYTES: '2500',
  CLAIM_LEASE: '10',
  REDIS_COMMAND_TIMEOUT: '5000',
  TRANSCRIBE_TIMEOUT: '3000',
  DEDUP_TTL: '60',
  MAX_MESSAGE_AGE: '60',
  ON_HUMAN_REPLY: 'hold',
  HUMAN_REPLY_HOLD: '8',
  HISTORY_MAX: '5',
  TURN_MAX: '12',
  MAX_TURNS_PER_HOUR: '2',
  BOT_TIMEOUT: '12000',
};

/** The same where messages beyond two within a minute wait for the end of it. */
export const SLOWING: Readonly<Record<string, string>> = { ...NARROW, MAX_MESSAGES_PER_MINUTE: '2' };

/** The same where a message supersedes the batch that is at the bot. */
export const SUPERSEDING: Readonly<Record<string, string>> = {
  ...NARROW,
  BUSY_POLICY: 'supersede',
  PREEMPTIVE_START: '600',
  MAX_SUPERSEDES: '2',
};

/** The same where the window follows the customer's habit. */
export const BY_HABIT: Readonly<Record<string, string>> = {
  ...SUPERSEDING,
  ENDPOINTING: 'dynamic',
  BATCH_TIMEOUT_MIN: '700',
  BATCH_TIMEOUT_MAX: '1800',
};

/** Breaks the system under test, to show that the test notices. */
type Sabotage = (world: World) => void;

/**
 * Random histories, each played against a real Redis and a plain model in memory; the two are compared after every command.
 *
 * @param more commands besides those of every history.
 */
export function histories(
  batching: TestBatching,
  sabotage?: Sabotage,
  partitions = 1,
  more: readonly fc.Arbitrary<Command>[] = [],
): fc.IAsyncProperty<[Iterable<Command>]> {
  const { turns, window } = batching.settings;
  const commands = turns.supersede
    ? anyCommands(2 * COMMANDS, [...TO_THE_BOT_AND_BACK, ...more])
    : anyCommands(COMMANDS, [...(window.maxPerMinute > 0 ? A_MINUTE_PASSES : []), ...more]);
  return fc.asyncProperty(commands, (history) => playHistory(batching, history, sabotage, partitions));
}

/** One history: rejects where the system and the model differ. */
export async function playHistory(
  { redis, queue, settings: own }: TestBatching,
  commands: Iterable<Command>,
  sabotage: Sabotage = () => undefined,
  partitions = 1,
): Promise<void> {
  const settings: BatchingSettings = { ...own, redis: { ...own.redis, partitions } };
  await redis.flushall();
  const model = Model.of(settings);
  const world = new World(redis, queue, settings, model);
  sabotage(world);
  await fc.asyncModelRun(() => ({ model, real: world }), commands);
  await assertJobs(world, model);
}
