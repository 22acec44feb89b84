import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import type { CompanyId, MergedMessage } from '@app/contracts';
import { BatchService } from '../batch.service';
import { Changes } from '../changes/changes';
import { Transcripts } from '../changes/transcripts';
import type { BatchingSettings } from '../config/batching.settings';
import { type Claim, Claims } from '../hand-off/claims';
import { HandOff } from '../hand-off/hand-off';
import { Succession } from '../hand-off/succession';
import { Sweep } from '../hand-off/sweep';
import { DeadLetters } from '../operators/dead-letters';
import { OpenBatches } from '../operators/open-batches';
import { Pause } from '../operators/pause';
import { queueOptions } from '../queue/queue';
import { BatchStore } from '../store/batch-store';
import { ReplyPermits } from '../turns/reply-permits';
import { type Turn, Turns } from '../turns/turns';
import { Aliases } from '../window/aliases';
import { Steering } from '../window/steering';
import { TypingAndHold } from '../window/typing-and-hold';
import type { Model } from './model';

/** A batcher in the model test: the data that it holds in memory, and so loses when it crashes. */
export interface Owner {
  claim: Claim | null;
  /** When it claimed, by a clock that the model test moves. */
  claimedAtMs: number;
}

/** A worker in the model test. */
export interface Bot {
  turn: Turn | null;
}

/** The system under test on a real Redis, with the model's clock in place of Redis's. */
export class World {
  readonly store: BatchStore;
  readonly steering: Steering;
  readonly typingAndHold: TypingAndHold;
  readonly aliases: Aliases;
  readonly batches: BatchService;
  readonly changes: Changes;
  readonly transcripts: Transcripts;
  readonly claims: Claims;
  readonly deadLetters: DeadLetters;
  readonly handOff: HandOff;
  readonly open: OpenBatches;
  readonly pause: Pause;
  readonly sweep: Sweep;
  readonly turns: Turns;
  readonly permits: ReplyPermits;
  readonly bots: Bot[] = [0, 1].map(() => ({ turn: null }));
  readonly owners: Owner[] = [0, 1, 2].map(() => ({ claim: null, claimedAtMs: 0 }));
  /** Moves with the model's time, but never back. */
  monotonicMs = 0;

  /** What operators have given companies at run time. */
  readonly given = new Map<string, BatchingSettings>();

  constructor(
    readonly redis: Redis,
    readonly queue: Queue<MergedMessage>,
    readonly settings: BatchingSettings,
    model: Model,
  ) {
    const atRunTime = Object.assign({}, settings, {
      of: (companyId: CompanyId | null) => this.given.get(String(companyId)) ?? settings,
      isBotOff: (companyId: CompanyId | null) => model.off.has(String(companyId)),
    });
    this.store = new BatchStore(redis, atRunTime, { clock: () => model.now });
    this.steering = new Steering(this.store);
    this.typingAndHold = new TypingAndHold(this.store);
    this.aliases = new Aliases(this.store);
    this.batches = new BatchService(this.store);
    this.changes = new Changes(this.store);
    this.transcripts = new Transcripts(this.store);
    this.claims = new Claims(this.store);
    this.deadLetters = new DeadLetters(this.store);
    this.handOff = new HandOff(queue, settings, { monotonicMs: () => this.monotonicMs });
    this.open = new OpenBatches(this.store);
    this.pause = new Pause(this.store);
    this.turns = new Turns(this.store);
    this.permits = new ReplyPermits(this.store, this.turns);
    this.sweep = new Sweep(this.claims, this.handOff, new Succession(this.store), settings, {
      monotonicMs: () => this.monotonicMs,
    });
  }

  bot(index: number): Bot {
    return this.bots[index % this.bots.length] as Bot;
  }

  owner(index: number): Owner {
    return this.owners[index % this.owners.length] as Owner;
  }
}

/** A real queue on a real Redis for tests; the caller closes it. */
export function testQueue(settings: BatchingSettings, redis: Redis): Queue<MergedMessage> {
  const { name, ...options } = queueOptions(settings, redis);
  return new Queue<MergedMessage>(name, options);
}
