import { type Job, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { type Conversation, conversationOf, type MergedMessage } from '@app/contracts';
import { queueOptions } from '../queue/queue';
import { waitingClient } from '../redis/connection';
import { connect } from '../redis/ready';
import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';
import { Steering } from '../window/steering';
import { Turns } from './turns';
import { type Look, WaitingBatches } from './waiting-batches';

const CUSTOMER = aConversation();
const ALIAS = aConversation('wa-lid:123456789012345');
const TOKEN = 'a worker';
/** As long as a batch waits for a bot that is away, ms. */
const PARKED_MS = 600_000;

describe('a company’s bot that is switched off', () => {
  let batching: TestBatching;
  let waiting: WaitingBatches;
  let worker: Worker;
  let consumer: Redis;
  let off: string[];

  beforeEach(async () => {
    batching = await TestBatching.start({ BATCH_TIMEOUT: '1000' });
    const { store, queue, settings } = batching;
    off = [];
    Object.assign(settings, { isBotOff: (companyId: unknown) => off.includes(String(companyId)) });
    waiting = new WaitingBatches(store, queue);
    await new Turns(store).showWorker();
    consumer = (await connect(waitingClient(settings.redis, 'test'), settings.redis)) as Redis;
    const { name, ...options } = queueOptions(settings, consumer);
    worker = new Worker(name, null, { ...options, autorun: false });
  });
  afterEach(async () => {
    await worker.close(true);
    consumer.disconnect();
    await batching.stop();
  });

  /** A batch of a company that was put off for a bot that is away. */
  async function putOff(phone: string, companyId: number | null, progress: object = {}): Promise<Job> {
    const conversation = conversationOf(phone, companyId);
    await batching.batches.append(conversation, aMessage('hello'), true);
    await batching.sweep.run();
    const job = (await worker.getNextJob(TOKEN)) as Job | undefined;
    if (!job) throw new Error('nothing is on the queue');
    await job.updateProgress(progress);
    await job.moveToDelayed(Date.now() + PARKED_MS, TOKEN);
    return job;
  }

  async function lookThrough(): Promise<number> {
    let found = 0;
    for (let from: string | null = '0'; from !== null;) {
      const look: Look = await waiting.hearOff(from);
      found += look.found;
      from = look.next;
    }
    return found;
  }

  it('lets a worker look at once at all that wait for it, and at no others', async () => {
    const jobs = [await putOff('79001110001', 7), await putOff('79001110002', 7)];
    const others = [await putOff('79001110001', 8), await putOff('79001110001', null)];
    expect(await lookThrough()).toBe(0);
    off = ['7'];
    expect(await lookThrough()).toBe(2);
    for (const job of jobs) expect(await job.getState()).toBe('waiting');
    for (const job of others) expect(await job.getState()).toBe('delayed');
  });

  it('goes through all, however many wait', async () => {
    const jobs = Array.from({ length: 300 }, (_, i) => ({
      name: 'merged-message',
      data: { conversationId: `7:${79_001_110_000 + i}` } as MergedMessage,
      opts: { jobId: `b-${i}`, delay: PARKED_MS },
    }));
    await batching.queue.addBulk(jobs);
    off = ['7'];
    expect(await lookThrough()).toBe(300);
    expect(await batching.queue.getDelayedCount()).toBe(0);
  });

  it('leaves an answer that is being sent, and what is none of ours', async () => {
    const job = await putOff('79001110001', 7, { sent: ['sent'] });
    await batching.queue.add('of another program', {} as MergedMessage, { delay: PARKED_MS });
    off = ['7'];
    expect(await lookThrough()).toBe(0);
    expect(await job.getState()).toBe('delayed');
  });

  it('is heard of a batch that a worker had when it came', async () => {
    const [job, other] = [await putOff('79001110001', 7), await putOff('79001110001', 8)];
    off = ['7'];
    for (const { id = '' } of [job, other]) await waiting.hearMuteBefore(id);
    expect(await job.getState()).toBe('waiting');
    expect(await other.getState()).toBe('delayed');
  });
});

describe.each(['hold', 'parallel'])('a mute, under BUSY_POLICY=%s, of what was put off', (policy) => {
  let batching: TestBatching;
  let waiting: WaitingBatches;
  let worker: Worker;
  let consumer: Redis;

  beforeEach(async () => {
    batching = await TestBatching.start({ BATCH_TIMEOUT: '1000', BUSY_POLICY: policy });
    const { store, queue, settings } = batching;
    waiting = new WaitingBatches(store, queue);
    await new Turns(store).showWorker();
    consumer = (await connect(waitingClient(settings.redis, 'test'), settings.redis)) as Redis;
    const { name, ...options } = queueOptions(settings, consumer);
    worker = new Worker(name, null, { ...options, autorun: false });
  });
  afterEach(async () => {
    await worker.close(true);
    consumer.disconnect();
    await batching.stop();
  });

  /** A batch that a worker has taken off the queue. */
  async function taken(conversation: Conversation = CUSTOMER): Promise<Job> {
    await batching.batches.append(conversation, aMessage('hello'), true);
    await batching.sweep.run();
    const job = (await worker.getNextJob(TOKEN)) as Job | undefined;
    if (!job) throw new Error('nothing is on the queue');
    return job;
  }

  const putOff = (job: Job): Promise<void> => job.moveToDelayed(Date.now() + PARKED_MS, TOKEN);

  const mute = (conversation = CUSTOMER): Promise<unknown> =>
    new Steering(batching.store).mute(conversation, 60_000);

  it('lets a worker look at it at once, and at all that wait in a row', async () => {
    const jobs = [await taken()];
    // Where turns are held, one batch of a conversation at a time is on the queue.
    if (policy === 'parallel') jobs.push(await taken(), await taken());
    for (const job of jobs) await putOff(job);
    await mute();
    await waiting.hearMute(CUSTOMER);
    for (const job of jobs) expect(await job.getState()).toBe('waiting');
  });

  it('lets a worker look at what an alias has at the bot, too, where turns are held', async () => {
    const job = await taken(ALIAS);
    await putOff(job);
    await batching.aliases.learn(ALIAS, CUSTOMER);
    await mute();
    await waiting.hearMute(CUSTOMER);
    // Without turns nothing says that the alias has a batch there: it comes back by itself.
    expect(await job.getState()).toBe(policy === 'hold' ? 'waiting' : 'delayed');
  });

  it('leaves an answer that is being sent to the pause behind which its next reply follows', async () => {
    const job = await taken();
    await job.updateProgress({ sent: ['sent'] });
    await putOff(job);
    await mute();
    await waiting.hearMute(CUSTOMER);
    await waiting.hearMuteBefore(job.id ?? '');
    expect(await job.getState()).toBe('delayed');
  });

  it('is heard of a batch that a worker had when it came', async () => {
    const [job, other] = [await taken(), await taken(aConversation('79007654321'))];
    await mute();
    await waiting.hearMute(CUSTOMER);
    for (const each of [job, other]) {
      await putOff(each);
      await waiting.hearMuteBefore(each.id ?? '');
    }
    expect(await job.getState()).toBe('waiting');
    expect(await other.getState()).toBe('delayed');
  });
});
