import { setTimeout as pause } from 'node:timers/promises';
import { merge } from './hand-off/merge';
import { TestBatching } from './testing/batching';
import { aConversation, aMessage } from './testing/messages';

/** Each failure was seen in a system in use; the name says where. */
describe('what others got wrong', () => {
  const c = aConversation();
  let batching: TestBatching;

  beforeEach(async () => {
    batching = await TestBatching.start({
      BATCH_TIMEOUT: '1000',
      BATCH_TTL: '3',
      MAX_PENDING_PER_CONVERSATION: '10',
    });
  });
  afterEach(() => batching.stop());

  const listed = async (): Promise<string[]> =>
    ((await batching.batches.read(c))?.messages ?? []).map(({ text }) => text);

  it('the predecessor: a TTL on the buffer deletes what was not processed', async () => {
    await batching.batches.append(c, aMessage('kept'));
    await pause(3_500);
    expect(await listed()).toEqual(['kept']);
    const keys = batching.store.keysOf(c);
    for (const key of [keys.messages(c.id), keys.state(c.id), keys.lastMessage(c.id)]) {
      expect(await batching.redis.ttl(key)).toBe(-1);
    }
  });

  it('a chat kit: a message that comes between the last read and the release is stranded', async () => {
    await batching.batches.append(c, aMessage('first'));
    batching.now += 1_000;
    const claim = await batching.claims.claim(c.id);
    await batching.batches.append(c, aMessage('late'));
    if (claim) await batching.claims.settle(claim);
    expect(await listed()).toEqual(['late']);
    batching.now += 1_000;
    expect((await batching.claims.due(10)).conversations).toEqual([c.id]);
  });

  it('a chat kit: an id remembered before its message was stored refuses the retry for ever', async () => {
    for (let i = 0; i < 10; i += 1) await batching.batches.append(c, aMessage('x'));
    const refused = aMessage('again', { messageId: 'm1' });
    expect((await batching.batches.append(c, refused)).outcome).toBe('over-cap');
    await batching.open.clear(c);
    expect((await batching.batches.append(c, refused)).outcome).toBe('opened');
    expect((await batching.batches.append(c, refused)).outcome).toBe('duplicate');
  });

  it('a client library: one message redelivered for weeks is answered again whenever its id is forgotten', async () => {
    const message = aMessage('once', { messageId: 'm-1' });
    const { dedupTtlMs } = batching.settings.memory;
    await batching.batches.append(c, message);
    for (let week = 0; week < 4; week += 1) {
      batching.now += 0.6 * dedupTtlMs;
      expect((await batching.batches.append(c, message)).outcome).toBe('duplicate');
    }
    batching.now += dedupTtlMs;
    expect((await batching.batches.append(c, message)).outcome).toBe('extended');
  });

  it('a bot kit: a sender’s clock that is ahead moves a message behind those that came after it', async () => {
    const aheadMs = batching.now + 90_000;
    await batching.batches.append(c, aMessage('Hello,', { timestamp: aheadMs }));
    batching.now += 1_000;
    await batching.batches.append(c, aMessage('can I book?'));
    batching.now += 1_000;
    await batching.batches.append(c, aMessage('for Friday', { timestamp: aheadMs + 1_500 }));
    batching.now += 60_000;
    const claim = await batching.claims.claim(c.id);
    expect(claim && merge(c, claim, ' ')).toMatchObject({
      text: 'Hello, can I book? for Friday',
      lastMessageAt: batching.now - 60_000,
    });
  });

  it('a durable engine: append and timer are two steps, and a crash between leaves a batch that is never flushed', async () => {
    await batching.redis.config('RESETSTAT');
    await batching.batches.append(c, aMessage('one step'));
    const stats = await batching.redis.info('commandstats');
    expect(stats).toMatch(/cmdstat_eval(sha)?:calls=1,/);
    expect((await batching.claims.due(10)).next).toEqual({ conversation: c.id, at: batching.now + 1_000 });
  });

  it('a task queue: reclaimed work came back under a new id, and out of the index', async () => {
    await batching.batches.append(c, aMessage('once'));
    batching.now += 1_000;
    const dead = await batching.claims.claim(c.id);
    batching.now += batching.settings.handOff.leaseMs;
    expect((await batching.claims.due(10)).conversations).toEqual([c.id]);
    const again = await batching.claims.claim(c.id);
    expect(again).toMatchObject({ batchId: dead?.batchId, attempt: 2, messages: dead?.messages });
  });

  it('a debounce node: what lands between reading the list and deleting it is gone', async () => {
    await batching.batches.append(c, aMessage('first'));
    batching.now += 1_000;
    const claim = await batching.claims.claim(c.id);
    if (!claim) throw new Error('nothing was due');
    await batching.handOff.deliver([merge(c, claim, ' ')], performance.now());
    await batching.batches.append(c, aMessage('between'));
    await batching.claims.settle(claim);
    expect(await listed()).toEqual(['between']);
  });

  it('a gateway: a buffer keyed by the customer alone is shared by two businesses', async () => {
    const other = aConversation(c.customer, 2);
    await batching.batches.append(c, aMessage('to one'));
    await batching.batches.append(other, aMessage('to the other'));
    batching.now += 1_000;
    await batching.sweep.run();
    expect((await batching.jobs()).map(({ text }) => text).sort()).toEqual(['to one', 'to the other']);
  });

  it('the same gateway: the media of all but the last message are lost', async () => {
    for (const url of ['a', 'b']) {
      await batching.batches.append(c, aMessage('', { type: 'image', media: { url } }));
    }
    batching.now += 1_000;
    await batching.sweep.run();
    const [job] = await batching.jobs();
    expect(job?.messages.map(({ media }) => media?.url)).toEqual(['a', 'b']);
  });

  it('a queue’s own de-duplication: of four messages the last alone is kept', async () => {
    for (const text of ['a', 'b', 'c', 'd']) await batching.batches.append(c, aMessage(text));
    batching.now += 1_000;
    await batching.sweep.run();
    expect(await batching.jobs()).toMatchObject([{ text: 'a b c d', messageCount: 4 }]);
  });

  it('several bots: a message that must not wait waits the whole window', async () => {
    await batching.batches.append(c, aMessage('Hello'), true);
    await batching.sweep.run();
    expect(await batching.jobs()).toMatchObject([{ text: 'Hello', flushReason: 'direct' }]);
  });
});
