import { type Job, Queue, UnrecoverableError, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import {
  BatchStore,
  JobProgress,
  LateReplies,
  type LateReplyOutcome,
  queueOptions,
  Steering,
  Turns,
} from '@app/batching';
import { type MergedMessage, parseConversationId } from '@app/contracts';
import { loadSettings, type Settings } from '@app/settings';
import { UNHURRIED } from '../../../../test/support/patience';
import { RedisServer } from '../../../../test/support/redis-server';
import type { ReplyDispatcher } from '../replies/reply-dispatcher';
import { BotAnswers } from './bot-answers';
import type { Delivery } from './delivery';
import type { DeliveryOutcome } from './delivery-outcome';
import { DeliveryProgress } from './delivery-progress';
import { deliveryOf } from './testing/delivery-of';

const CONVERSATION = parseConversationId('79001234567');
const BATCH_ID = 'b-1';
const MESSAGE = {
  ...{ version: 1, batchId: BATCH_ID, conversationId: CONVERSATION.id, messages: [] },
} as unknown as MergedMessage;
const FAR_MS = 600_000;
const LOCK = 'the-lock-of-this-worker';

/** The moments of a run at which a test lets something else happen. */
interface Moments {
  begun: () => Promise<void>;
  called: () => Promise<void>;
  turnLost: () => Promise<void>;
  ending: () => Promise<void>;
}

/** The real turns, which stand still for a moment where the worker goes on to its next step. */
class WatchedTurns extends Turns {
  moments: Partial<Moments> = {};

  override async begin(...args: Parameters<Turns['begin']>): ReturnType<Turns['begin']> {
    const turn = await super.begin(...args);
    await this.moments.begun?.();
    return turn;
  }

  override async isSuperseded(...args: Parameters<Turns['isSuperseded']>): Promise<boolean> {
    const { turnLost } = this.moments;
    this.moments = { ...this.moments, turnLost: () => Promise.resolve() };
    await turnLost?.();
    return super.isSuperseded(...args);
  }

  override async end(...args: Parameters<Turns['end']>): ReturnType<Turns['end']> {
    await this.moments.ending?.();
    return super.end(...args);
  }
}

/** Ends a batch without a look at late replies. */
class Blind extends BotAnswers {
  override hasComeInstead(): Promise<boolean> {
    return Promise.resolve(false);
  }
}

describe('a late reply that comes as its batch ends', () => {
  let server: RedisServer;
  let redis: Redis;
  let queue: Queue<MergedMessage>;
  let worker: Worker<MergedMessage>;
  let settings: Settings;
  let turns: WatchedTurns;
  let late: LateReplies;
  let steering: Steering;
  let sent: unknown[];

  beforeEach(async () => {
    server = await RedisServer.start();
    settings = loadSettings({ NODE_ENV: 'test', REDIS_URL: server.url, BUSY_POLICY: 'hold', ...UNHURRIED });
    redis = new Redis(server.url, { maxRetriesPerRequest: null });
    const options = queueOptions(settings, redis);
    queue = new Queue('messages', options);
    worker = new Worker('messages', null, { ...options, skipStalledCheck: true });
    const store = new BatchStore(redis, settings);
    turns = new WatchedTurns(store);
    late = new LateReplies(store, new Turns(store), queue);
    steering = new Steering(store);
    sent = [];
    await queue.add('merged-message', MESSAGE, { jobId: BATCH_ID });
  });
  afterEach(async () => {
    await worker.close(true);
    await queue.close();
    redis.disconnect();
    await server.stop();
  });

  function deliveryWith(Answers: typeof BotAnswers, isAway = false): Delivery {
    const dispatcher = {
      answerPresses: () => undefined,
      showTyping: () => undefined,
      messagesOf: (_: unknown, replies: { text: string }[]) => replies.map(({ text }) => text),
      deliver: (_: unknown, __: unknown, { now }: DeliveryProgress) => {
        sent.push(...(now.replies ?? []));
        return Promise.resolve({ kind: 'done' });
      },
    } as unknown as ReplyDispatcher;
    const call = async (): Promise<string[]> => {
      await turns.moments.called?.();
      return ['too late'];
    };
    return deliveryOf({ turns, late, settings, dispatcher, call, Answers, isAway });
  }

  /** The queue gives the job to this worker, which goes on with it until it ends or must wait. */
  async function run(Answers: typeof BotAnswers = BotAnswers, isAway = false): Promise<DeliveryOutcome> {
    const job: Job<MergedMessage> = await worker.getNextJob(LOCK);
    const outcome = await deliveryWith(Answers, isAway).run(
      job.data,
      new DeliveryProgress(job, new JobProgress(redis, settings)),
    );
    if (outcome.kind === 'later') await job.moveToWait(LOCK);
    else if (outcome.kind === 'dead') await job.moveToFailed(new UnrecoverableError(), LOCK, false);
    else await job.moveToCompleted({}, LOCK, false);
    return outcome;
  }

  const keep = (): Promise<LateReplyOutcome> => late.keep(BATCH_ID, { reply: 'in time' });

  /** Notes what a bot hears whose reply comes at that moment. */
  function replyingAt(
    moment: keyof Moments,
    before: () => Promise<unknown> = () => Promise.resolve(),
  ): string[] {
    const heard: string[] = [];
    turns.moments = {
      ...turns.moments,
      [moment]: async () => {
        turns.moments = { ...turns.moments, [moment]: undefined };
        await before();
        heard.push(await keep());
      },
    };
    return heard;
  }

  /** The bot has answered the call with 202, and is muted now. */
  async function mutedAfterPromise(): Promise<void> {
    await (await queue.getJob(BATCH_ID))?.updateProgress({ calls: 1, promisedAtMs: Date.now() });
    await steering.mute(CONVERSATION, FAR_MS);
  }
  const unmuted = (): Promise<unknown> => steering.mute(CONVERSATION, 0);
  const losesItsTurn = (): void => {
    turns.moments.called = async () => {
      await turns.endOf(CONVERSATION, BATCH_ID);
    };
  };

  it('without an answer, because its bot is muted: it is refused, also once the mute is over', async () => {
    await mutedAfterPromise();
    const heard = replyingAt('ending', unmuted);
    expect([await run(), heard, sent]).toEqual([{ kind: 'muted' }, ['over'], []]);
  });

  it('and its mute too, before no reply is taken any more: it is sent', async () => {
    await mutedAfterPromise();
    const heard = replyingAt('begun', unmuted);
    expect([await run(), heard]).toMatchObject([{ kind: 'later', why: 'promised' }, ['kept']]);
    expect([await run(), sent]).toEqual([{ kind: 'delivered' }, ['in time']]);
  });

  it('without an answer, because that came after its turn was lost: it is refused', async () => {
    losesItsTurn();
    const heard = replyingAt('ending');
    expect([await run(), heard, sent]).toEqual([{ kind: 'late' }, ['over'], []]);
  });

  it('for that reason, before no reply is taken any more: it is sent, and what came too late is not', async () => {
    losesItsTurn();
    const heard = replyingAt('turnLost');
    expect([await run(), heard]).toMatchObject([{ kind: 'later', why: 'promised' }, ['kept']]);
    turns.moments = {};
    expect([await run(), sent]).toEqual([{ kind: 'delivered' }, ['in time']]);
  });

  /** The bot was never called with it, and has been away for longer than BOT_OUTAGE_MAX. */
  async function givenUp(): Promise<void> {
    const awaiting = { sinceMs: 1, failures: 0, failedAtMs: null, isParked: true };
    await (await queue.getJob(BATCH_ID))?.updateProgress({ awaiting });
    expect(await run(BotAnswers, true)).toMatchObject({ kind: 'dead' });
  }

  it('is refused after that, and taken again once the dead letter is redriven and the bot called', async () => {
    await givenUp();
    expect(await keep()).toBe('over');
    await (await queue.getJob(BATCH_ID))?.retry('failed');
    const heard = replyingAt('called');
    expect([await run(), heard]).toEqual([{ kind: 'delivered' }, ['kept']]);
    expect(sent).toEqual(['in time', 'too late']);
  });

  it('is taken where its bot was muted, its worker died before the job’s end, and the mute is over', async () => {
    await steering.mute(CONVERSATION, FAR_MS);
    const job: Job<MergedMessage> = await worker.getNextJob(LOCK);
    const progress = new DeliveryProgress(job, new JobProgress(redis, settings));
    expect(await deliveryWith(BotAnswers).run(job.data, progress)).toEqual({ kind: 'muted' });
    await job.moveToWait(LOCK);
    await unmuted();
    const heard = replyingAt('called');
    expect([await run(), heard]).toEqual([{ kind: 'delivered' }, ['kept']]);
  });

  it('is the answer where an operator gave it for a bot that was never called', async () => {
    expect(await keep()).toBe('kept');
    const awaiting = { sinceMs: 1, failures: 0, failedAtMs: null, isParked: true };
    await (await queue.getJob(BATCH_ID))?.updateProgress({ awaiting });
    expect(await run(BotAnswers, true)).toMatchObject({ kind: 'later', why: 'promised' });
    expect([await run(BotAnswers, true), sent]).toEqual([{ kind: 'delivered' }, ['in time']]);
  });

  it('is accepted and lost if its worker does not look for it', async () => {
    losesItsTurn();
    const heard = replyingAt('ending');
    expect([await run(Blind), heard, sent]).toEqual([{ kind: 'late' }, ['kept'], []]);
  });
});
