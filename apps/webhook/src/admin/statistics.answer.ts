import { ApiProperty } from '@nestjs/swagger';
import {
  type AuditResult,
  BALANCED_ACCOUNTS,
  type LiveRole,
  type Statistics,
  type Totals,
} from '@app/batching';
import type { Finding } from '@app/contracts';
import type { RedisIdentityAnswer } from './redis-identity';

/** What is in Redis now, the accounts, and the settings that explain them. */
export class StatisticsAnswer implements Statistics {
  @ApiProperty({ example: 2, description: 'Conversations that hold a message.' })
  pending!: number;

  @ApiProperty({ example: 5 })
  messages!: number;

  @ApiProperty({ example: 0, description: 'Batches that a batcher has claimed.' })
  claimed!: number;

  @ApiProperty({ example: 0, description: 'Conversations that a batcher must look at now.' })
  due!: number;

  @ApiProperty({ example: 1, description: 'Of both stages: see `GET /admin/dead-letters`.' })
  deadLetters!: number;

  @ApiProperty({ example: 0, description: 'Conversations that wait for a repair: `GET /admin/set-aside`.' })
  setAside!: number;

  @ApiProperty({
    example: { batcher: 0, worker: 1 },
    description:
      'Batches that could not be handed off; messages that the bot, or replies that a gateway, did not take.',
  })
  deadLettersByStage!: { batcher: number; worker: number };

  @ApiProperty({
    example: 1,
    description: 'Conversations with a batch at the bot, or on its way there.',
  })
  turns!: number;

  @ApiProperty({ example: false, description: 'An operator has hand-off paused; messages wait.' })
  paused!: boolean;

  @ApiProperty({ nullable: true, type: Number, example: null, description: 'ms since the epoch' })
  pausedSince!: number | null;

  @ApiProperty({ example: 4200, description: 'ms' })
  oldestAgeMs!: number;

  @ApiProperty({ example: { min: 1, max: 4, avg: 2.5 }, description: 'Messages per conversation.' })
  sizes!: { min: number; max: number; avg: number };

  @ApiProperty({
    example: {
      accepted: 100,
      duplicates: 3,
      delivered: 95,
      answered: 93,
      cleared: 0,
      revoked: 0,
      blocked: 0,
      slowed: 0,
      erased: 0,
      merged: 0,
      buried: 0,
    },
    description:
      `accepted = messages + ${BALANCED_ACCOUNTS.join(' + ')}; \`answered\`: of those delivered, the messages whose ` +
      'batch a worker has taken to the bot, to a good end.',
  })
  totals!: Totals;

  @ApiProperty({ example: 0, description: 'Not 0: a message was lost or doubled.' })
  balance!: number;

  @ApiProperty({
    nullable: true,
    example: { at: 1721737336000, counted: 5, accounted: 5, tolerance: 0, ok: true },
    description: 'The latest comparison of the accounts with the lists themselves.',
  })
  audit!: AuditResult | null;

  @ApiProperty({ example: { batchTimeout: 9000, maxBatchSize: 10, batchMaxWait: 60000 } })
  config!: { batchTimeout: number; maxBatchSize: number; batchMaxWait: number };

  @ApiProperty({ example: { address: 'localhost:6379', db: 0, runId: '0f3c…' } })
  redis!: RedisIdentityAnswer;

  @ApiProperty({
    example: [{ id: 'salon-1:4711:0f3c9a1e', role: 'batcher', host: 'salon-1', lastSeenMs: 740 }],
    description: 'The live processes on this Redis; `lastSeenMs`: how long ago each was last seen.',
  })
  processors!: LiveRole[];

  @ApiProperty({
    example: [],
    description:
      'What is wrong and would otherwise be silent, `{code, message, check}`: no batcher, no worker, a bot that is away or not understood, no sender, dead letters, differing settings.',
  })
  findings!: Finding[];
}
