import { TestBatching } from '../testing/batching';
import { SentReplies, type SentReply } from './sent-replies';

const MESSAGE = { gateway: 'meta', account: '1065', messageId: 'wamid.1' };
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

  it('that is forgotten is not brought back by a late note', async () => {
    await replies.noteUndelivered(MESSAGE, REPLY, 'blocked');
    expect(await replies.find(MESSAGE)).toBeNull();
  });
});
