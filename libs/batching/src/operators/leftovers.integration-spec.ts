import { SetAside } from '../store/set-aside';
import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';
import { assertSound } from '../testing/soundness';
import { asOfVersion010 } from '../testing/version-010';
import { Leftovers } from './leftovers';

describe('what earlier systems have left', () => {
  let batching: TestBatching;
  let leftovers: Leftovers;

  beforeAll(async () => {
    batching = await TestBatching.start({ BATCH_TIMEOUT: '1000' });
    leftovers = new Leftovers(batching.store, new SetAside(batching.store), batching.batches);
  });
  beforeEach(() => batching.redis.flushall());
  afterAll(() => batching.stop());

  /** As the predecessor stores a message. */
  async function predecessorStores(
    phone: string,
    message: string,
    companyId: number | undefined,
  ): Promise<void> {
    const element = JSON.stringify({
      message,
      companyId,
      metadata: { a: 1 },
      timestamp: batching.now - 5_000,
    });
    await batching.redis
      .multi()
      .rpush(`rapid-fire:${phone}`, element)
      .expire(`rapid-fire:${phone}`, 600)
      .exec();
    await batching.redis.set(`last-msg:${phone}`, batching.now - 5_000, 'EX', 600);
  }

  async function delivered(): Promise<Record<string, string>> {
    batching.now += 60_000;
    await batching.sweep.run();
    return Object.fromEntries(
      (await batching.jobs()).map(({ conversationId, text }) => [conversationId, text]),
    );
  }

  it('the predecessor’s lists are handed off, by company and in any spelling of the phone', async () => {
    await predecessorStores('+79001234567', 'Запишите меня', 962302);
    await predecessorStores('+79001234567', 'на завтра', 962302);
    await predecessorStores('79007654321', 'Hello', undefined);

    expect(await leftovers.adopt()).toEqual({ messages: 3, conversations: 0 });
    await assertSound(batching.store);
    expect(await delivered()).toEqual({
      '962302:79001234567': 'Запишите меня на завтра',
      '79007654321': 'Hello',
    });
    expect(await batching.redis.keys('rapid-fire-predecessor:*')).toEqual([]);
    expect(await batching.statistics()).toMatchObject({
      balance: 0,
      totals: { accepted: 3, delivered: 3 },
    });
  });

  it('are stored once, however often a start is broken off', async () => {
    await predecessorStores('79001234567', 'one', 1);
    await predecessorStores('79001234567', 'two', 1);
    jest.spyOn(batching.redis, 'del').mockRejectedValueOnce(new Error('the connection ended'));
    await expect(leftovers.adopt()).rejects.toThrow('the connection ended');
    // Between two names it has no TTL any more.
    expect(await batching.redis.ttl('rapid-fire-predecessor:79001234567')).toBe(-1);

    await leftovers.adopt();
    expect(await delivered()).toEqual({ '1:79001234567': 'one two' });
  });

  it('stay where they are, without an end, if their name is no customer’s', async () => {
    await predecessorStores('somebody', 'hello', 1);
    expect(await leftovers.adopt()).toEqual({ messages: 0, conversations: 0 });
    expect(await batching.redis.ttl('rapid-fire-predecessor:somebody')).toBe(-1);
    expect(await batching.redis.llen('rapid-fire-predecessor:somebody')).toBe(1);
  });

  it('meet a conversation of the same name that has begun since', async () => {
    await predecessorStores('79001234567', 'before', undefined);
    await leftovers.adopt();
    await batching.batches.append(aConversation('79001234567', null), aMessage('after'));
    expect(await delivered()).toEqual({ '79001234567': 'before after' });
  });

  it('conversations of version 0.1.0, whose state was a hash, go on', async () => {
    const conversation = aConversation();
    await batching.batches.append(conversation, aMessage('hello'));
    await asOfVersion010(batching.store, conversation);

    expect(await leftovers.adopt()).toEqual({ messages: 0, conversations: 1 });
    await assertSound(batching.store);
    expect(await delivered()).toEqual({ [conversation.id]: 'hello' });
  });

  it('leave alone our own lists, and foreign ones', async () => {
    await batching.batches.append(aConversation(), aMessage('hello'));
    await batching.redis.rpush('rapid-fire:79009999999', 'no JSON');
    await batching.redis.rpush(
      'rapid-fire:elsewhere',
      '{"seq":1,"receivedAt":1,"timestamp":1,"message":"ours"}',
    );

    expect(await leftovers.adopt()).toEqual({ messages: 0, conversations: 0 });
    expect(await batching.redis.exists('rapid-fire:79009999999', 'rapid-fire:elsewhere')).toBe(2);
    expect(await delivered()).toEqual({ '1:79001234567': 'hello' });
  });
});
