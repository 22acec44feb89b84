import { jobKey } from '../queue/queue';
import { LATE_REPLY_FIELD } from '../store/scripts/late-reply.fragment';
import { TestBatching } from '../testing/batching';
import { holdJob, LOCK } from '../testing/held-job';
import { aConversation, aMessage } from '../testing/messages';
import { Steering } from '../window/steering';
import { LateReplies } from './late-replies';
import { ReplyTokens } from './reply-tokens';
import { Turns } from './turns';

const ANSWER = { replies: [{ text: 'юникод "\u0000"' }], commit: null };
const FAR_MS = 600_000;

describe('a late reply', () => {
  let batching: TestBatching;
  let late: LateReplies;

  beforeEach(async () => {
    batching = await TestBatching.start({ BUSY_POLICY: 'supersede', BATCH_TIMEOUT: '1000' });
    late = new LateReplies(batching.store, new Turns(batching.store), batching.queue);
  });
  afterEach(() => batching.stop());

  async function handedOff(customer = aConversation()): Promise<string> {
    await batching.batches.append(customer, aMessage('hello'));
    batching.now += 1_000;
    await batching.sweep.run();
    const batchId = (await batching.jobs()).at(-1)?.batchId ?? '';
    await holdJob(batching.store, batchId);
    return batchId;
  }

  it('is kept once, whatever the second says, and read as often as a worker needs it', async () => {
    const batchId = await handedOff();
    expect(await late.find(batchId)).toBeNull();
    expect(await late.keep(batchId, ANSWER)).toBe('kept');
    expect(await late.keep(batchId, { replies: [] })).toBe('duplicate');
    const kept = { at: batching.now, answer: ANSWER };
    for (const read of [
      late.find(batchId),
      late.open(batchId, LOCK),
      late.close(batchId, LOCK),
      late.find(batchId),
    ])
      expect(await read).toEqual(kept);
  });

  it('is not taken once the batch is answered otherwise, and is again once the bot is asked anew', async () => {
    const batchId = await handedOff();
    expect(await late.close(batchId, LOCK)).toBeNull();
    expect(await late.keep(batchId, ANSWER)).toBe('over');
    expect(await late.find(batchId)).toBeNull();
    expect(await late.open(batchId, LOCK)).toBeNull();
    expect(await late.keep(batchId, ANSWER)).toBe('kept');
  });

  it('is either kept and found, or refused and not: never taken and lost', async () => {
    for (let round = 0; round < 50; round += 1) {
      const batchId = await handedOff(aConversation(String(79_001_000_000 + round)));
      const keep = (): Promise<string> => late.keep(batchId, ANSWER);
      const close = (): Promise<object | null> => late.close(batchId, LOCK);
      const [first, second] = round % 2 === 0 ? [close(), keep()] : [keep(), close()];
      const [outcome, found] = round % 2 === 0 ? [await second, await first] : [await first, await second];
      expect([outcome, found !== null]).toEqual(found === null ? ['over', false] : ['kept', true]);
    }
  });

  it('is taken as before where a worker that has lost the job would close, and refused where it would open', async () => {
    const batchId = await handedOff();
    await holdJob(batching.store, batchId, 'of-the-other');
    expect(await late.close(batchId, LOCK)).toBeNull();
    expect(await late.keep(batchId, ANSWER)).toBe('kept');
    const other = await handedOff(aConversation('79001000001'));
    await late.close(other, LOCK);
    await holdJob(batching.store, other, 'of-the-other');
    expect(await late.open(other, LOCK)).toBeNull();
    expect(await late.keep(other, ANSWER)).toBe('over');
  });

  it('would be lost by a worker that looks and then closes, in two steps', async () => {
    const batchId = await handedOff();
    const found = await late.find(batchId);
    expect(await late.keep(batchId, ANSWER)).toBe('kept');
    await batching.redis.hset(jobKey(batching.settings, batchId), LATE_REPLY_FIELD, 'closed');
    expect([found, await late.find(batchId)]).toEqual([null, null]);
  });

  it('is refused where a later batch has the messages, also if it was kept before', async () => {
    const first = await handedOff();
    expect(await late.keep(first, ANSWER)).toBe('kept');
    await batching.batches.append(aConversation(), aMessage('and more'));
    expect(await late.keep(first, ANSWER)).toBe('superseded');
  });

  it('is refused where nothing is known of the batch, or its job has ended; the job is not brought back', async () => {
    expect(await late.keep('b-unknown', ANSWER)).toBe('unknown');
    expect([await late.open('b-unknown', LOCK), await late.close('b-unknown', LOCK)]).toEqual([null, null]);
    expect(await batching.redis.exists(jobKey(batching.settings, 'b-unknown'))).toBe(0);
    const batchId = await handedOff();
    await batching.redis.hset(jobKey(batching.settings, batchId), 'finishedOn', '1');
    expect(await late.keep(batchId, ANSWER)).toBe('over');
  });

  it('lets a worker have a job that was put off, also when it is repeated or came while that was done', async () => {
    const batchId = await handedOff();
    const state = async (): Promise<string | undefined> => (await batching.queue.getJob(batchId))?.getState();
    const putOff = async (): Promise<void> => {
      const { redis, settings } = batching;
      const [wait, delayed] = ['wait', 'delayed'].map((part) => jobKey(settings, part)) as [string, string];
      await redis
        .multi()
        .lrem(wait, 0, batchId)
        .zadd(delayed, (Date.now() + FAR_MS) * 0x1000, batchId)
        .exec();
      expect(await state()).toBe('delayed');
    };
    await putOff();
    await late.wakeIfKept(batchId);
    expect(await state()).toBe('delayed');
    await late.keep(batchId, ANSWER);
    expect(await state()).toBe('waiting');
    await putOff();
    await late.keep(batchId, ANSWER);
    expect(await state()).toBe('waiting');
    await putOff();
    await late.wakeIfKept(batchId);
    expect(await state()).toBe('waiting');
  });
});

it('a late reply is refused while the bot is muted; one that was kept before is a duplicate', async () => {
  const batching = await TestBatching.start({ BUSY_POLICY: 'hold', BATCH_TIMEOUT: '1000' });
  const late = new LateReplies(batching.store, new Turns(batching.store), batching.queue);
  const steering = new Steering(batching.store);
  const customers = [aConversation(), aConversation('79001000002')] as const;
  for (const customer of customers) await batching.batches.append(customer, aMessage('hello'));
  batching.now += 1_000;
  await batching.sweep.run();
  const batchIds = new Map((await batching.jobs()).map((job) => [job.conversationId, job.batchId]));
  const [first, second] = customers.map(({ id }) => batchIds.get(id) ?? '') as [string, string];
  expect(await late.keep(second, ANSWER)).toBe('kept');
  for (const customer of customers) await steering.mute(customer, FAR_MS);
  expect([await late.keep(first, ANSWER), await late.keep(second, ANSWER)]).toEqual(['muted', 'duplicate']);
  await steering.mute(customers[0], 0);
  expect(await late.keep(first, ANSWER)).toBe('kept');
  await batching.stop();
});

it('a token is the same for every process, and another for every batch and for every Redis', async () => {
  const [one, other] = await Promise.all([TestBatching.start(), TestBatching.start()]);
  const ofOne = new ReplyTokens(one.store);
  const tokens = await Promise.all([
    ofOne.tokenOf('b-1'),
    new ReplyTokens(one.store).tokenOf('b-1'),
    ofOne.tokenOf('b-2'),
    new ReplyTokens(other.store).tokenOf('b-1'),
  ]);
  expect(tokens[0]).toBe(tokens[1]);
  expect(new Set(tokens).size).toBe(3);
  expect(tokens[0]).toMatch(/^[\w-]{43}$/);
  await Promise.all([one.stop(), other.stop()]);
});
