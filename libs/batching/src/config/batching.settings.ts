import {
  combineSettings,
  environmentSettings,
  type Loaded,
  type RulesBetween,
  type SettingsOf,
} from '@app/config';
import { handOffSettings, readinessSettings, sweepSettings, turnsSettings } from './hand-off.settings';
import { memorySettings } from './memory.settings';
import { redisSettings } from './redis.settings';
import { transcriptionSettings } from './transcription.settings';
import { boundsSettings, humanReplySettings, longestQuietMs, windowSettings } from './window.settings';

// The predecessor lost batches at 10 s of TTL and 10 s of silence: bookkeeping must outlive the window by far.
const TTL_MARGIN = 3;

/** What the state machine is configured with, group by group. */
export const BATCHING_GROUPS = [
  redisSettings,
  windowSettings,
  boundsSettings,
  memorySettings,
  humanReplySettings,
  handOffSettings,
  turnsSettings,
  sweepSettings,
  readinessSettings,
  transcriptionSettings,
];

/** What must hold between them. */
export const BATCHING_RULES = [
  {
    variable: 'BATCH_TTL',
    broken: (env) => env.BATCH_TTL * 1000 < TTL_MARGIN * longestQuietMs(env),
    problem: `must be at least ${TTL_MARGIN} times the longest silence (BATCH_TTL is seconds, BATCH_TIMEOUT milliseconds)`,
  },
  {
    variable: 'CLAIM_LEASE',
    // Nothing is begun past half the lease; a command begun there must be able to end before the lease does.
    broken: (env) => (env.CLAIM_LEASE * 1000) / 2 < env.REDIS_COMMAND_TIMEOUT,
    problem:
      'must be at least twice REDIS_COMMAND_TIMEOUT (CLAIM_LEASE is seconds, REDIS_COMMAND_TIMEOUT milliseconds)',
  },
  {
    variable: 'MAX_PENDING_BYTES',
    broken: (env) => env.MAX_PENDING_BYTES < env.MAX_BATCH_BYTES,
    problem: 'must not be smaller than MAX_BATCH_BYTES',
  },
  {
    variable: 'MAX_PENDING_PER_CONVERSATION',
    broken: (env) => env.MAX_PENDING_PER_CONVERSATION < env.MAX_BATCH_SIZE,
    problem: 'must not be smaller than MAX_BATCH_SIZE',
  },
] satisfies RulesBetween<(typeof BATCHING_GROUPS)[number]>;

/** All that this library's own code reads; a process has more. */
export const batchingSettings = combineSettings(
  'batching',
  [environmentSettings, ...BATCHING_GROUPS],
  BATCHING_RULES,
);

export type BatchingSettings = Loaded<SettingsOf<typeof batchingSettings>>;
