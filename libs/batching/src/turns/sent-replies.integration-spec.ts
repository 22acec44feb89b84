import { TestBatching } from '../testing/batching';
import { SentReplies, type SentReply } from './sent-replies';

const MESSAGE = { companyId: 1, gateway: 'meta', account: '1065', messageId: 'wamid.1' };
const REPLY: SentReply = { batchId: 'b-1', conversationId: '1:79001234567', reply: 2 };
const DAY_S = 24 * 3600;

describe('a reply that was sent', () => {
  let batching: TestBatching;
  let replies: SentReplies;

  beforeEach(async () => {
    batching = await TestBatching.start();
    replies = new SentReplies(batching.store);
  });
  afterEach(() => batching.stop());

  const ttls = async (): Promise<number[]> => {
    const { redis } = batching.store;
    return Promise.all((await redis.keys('*rapid-fire-sent:*')).map((key) => redis.ttl(key)));
  };

  it('is found by its gateway’s id, for a day', async () => {
    await replies.remember(MESSAGE, REPLY);
    expect(await replies.find(MESSAGE)).toEqual(REPLY);
    const [ttl = 0, ...others] = await ttls();
    expect([ttl > DAY_S - 600, ttl <= DAY_S, others]).toEqual([true, true, []]);
  });

  it.each([
    { ...MESSAGE, gateway: 'waha' },
    { ...MESSAGE, account: null },
    { ...MESSAGE, messageId: 'wamid.2' },
    { ...MESSAGE, companyId: 2 },
    { ...MESSAGE, companyId: null },
  ])('is another than %j', async (other) => {
    await replies.remember(MESSAGE, REPLY);
    expect(await replies.find(other)).toBeNull();
  });

  it('is known as undelivered once that is noted, and for no longer', async () => {
    await replies.remember(MESSAGE, REPLY);
    await replies.noteUndelivered(MESSAGE, REPLY, 'blocked');
    expect(await replies.find(MESSAGE)).toEqual({ ...REPLY, undelivered: 'blocked' });
    expect((await ttls()).every((ttl) => ttl > 0 && ttl <= DAY_S)).toBe(true);
  });

  it('of one company is not taken for that of another, whose server gave it the same id', async () => {
    const others = { ...REPLY, batchId: 'b-2', conversationId: '2:79001234567' };
    await replies.remember(MESSAGE, REPLY);
    await replies.remember({ ...MESSAGE, companyId: 2 }, others);
    await replies.noteUndelivered(MESSAGE, REPLY, 'blocked');
    expect(await replies.find({ ...MESSAGE, companyId: '1' })).toEqual({ ...REPLY, undelivered: 'blocked' });
    expect(await replies.find({ ...MESSAGE, companyId: 2 })).toEqual(others);
  });

  it('is found where an earlier worker has kept it, under a key without its company', async () => {
    // The digest of ["meta","1065","wamid.1"].
    const digest = 'bSHcICkY9hbtW1teI5B-hB';
    const key = batching.store.keysOf({ customer: digest }).sentReply(digest);
    await batching.redis.set(key, JSON.stringify(REPLY), 'EX', DAY_S);
    expect(await replies.find(MESSAGE)).toEqual(REPLY);
    expect(await replies.find({ ...MESSAGE, companyId: 2 })).toBeNull();
    await replies.noteUndelivered(MESSAGE, REPLY, 'blocked');
    expect(await replies.find(MESSAGE)).toEqual({ ...REPLY, undelivered: 'blocked' });
    expect(await ttls()).toHaveLength(1);
  });

  it('that is forgotten is not brought back by a late note', async () => {
    await replies.noteUndelivered(MESSAGE, REPLY, 'blocked');
    expect(await replies.find(MESSAGE)).toBeNull();
  });
});
