import { TestBatching } from '../testing/batching';
import { aConversation } from '../testing/messages';
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

  it('is another than the message of that number in another chat, where its gateway counts in each chat anew', async () => {
    const anna = { ...MESSAGE, messageId: '57', chat: '79001234567' };
    const boris = { ...anna, chat: '5511900000002' };
    await replies.remember(anna, REPLY);
    expect([await replies.find(anna), await replies.find(boris)]).toEqual([REPLY, null]);
    const others = { ...REPLY, batchId: 'b-2', conversationId: '1:5511900000002' };
    await replies.remember(boris, others);
    await replies.noteUndelivered(boris, others, 'blocked');
    expect([await replies.find(anna), await replies.find(boris)]).toEqual([
      REPLY,
      { ...others, undelivered: 'blocked' },
    ]);
  });

  it('is known in every chat by an id that is drawn at random', async () => {
    const sent = { ...MESSAGE, messageId: '3EB0A1B2C3D4E5F60718', chat: '79001234567' };
    await replies.remember(sent, REPLY);
    expect(await replies.find({ ...sent, chat: 'wa-lid:241758390126644' })).toEqual(REPLY);
  });

  it('is known by its number under a LID whose phone is known', async () => {
    const [lid, phone] = ['wa-lid:241758390126644', '79001234567'];
    await batching.aliases.learn(aConversation(lid), aConversation(phone));
    await replies.remember({ ...MESSAGE, messageId: '57', chat: phone }, REPLY);
    expect(await replies.find({ ...MESSAGE, messageId: '57', chat: lid })).toEqual(REPLY);
    expect(await replies.find({ ...MESSAGE, messageId: '57', chat: 'wa-lid:2' })).toBeNull();
  });

  it('is found where an earlier worker has kept its number without its chat, and in that chat only', async () => {
    const number = { ...MESSAGE, messageId: '57' };
    await replies.remember(number, REPLY);
    expect(await replies.find({ ...number, chat: '79001234567' })).toEqual(REPLY);
    expect(await replies.find({ ...number, chat: '5511900000002' })).toBeNull();
  });

  it('that is forgotten is not brought back by a late note', async () => {
    await replies.noteUndelivered(MESSAGE, REPLY, 'blocked');
    expect(await replies.find(MESSAGE)).toBeNull();
  });
});
