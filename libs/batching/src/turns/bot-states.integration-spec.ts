import { TestBatching } from '../testing/batching';
import { aConversation } from '../testing/messages';
import { BOT_MEMORIES, BotStates } from './bot-states';

const CONVERSATION = aConversation('79001234567');
const KEEP_MS = 60_000;

describe('what a bot leaves to be kept', () => {
  let batching: TestBatching;
  let states: BotStates;

  beforeEach(async () => {
    batching = await TestBatching.start();
    states = new BotStates(batching.store);
  });
  afterEach(() => batching.stop());

  const keep = (batchId: string, follows: string, state: unknown): Promise<string> =>
    states.keep(CONVERSATION, { batchId, follows, state, keepMs: KEEP_MS });

  it('is nothing to begin with', async () => {
    expect(await states.of(CONVERSATION)).toEqual({ state: null, leftBy: '' });
  });

  it('is there for the next call, for its time', async () => {
    const state = { messages: ['a word', 'юникод \u0000'], id: 'c 1' };
    expect(await keep('b-1', '', state)).toBe('kept');
    expect(await states.of(CONVERSATION)).toEqual({ state, leftBy: 'b-1' });
    expect(await states.of(aConversation('79007654321'))).toEqual({ state: null, leftBy: '' });
    const [key = ''] = await batching.redis.keys('rapid-fire-bot-state:*');
    const leftMs = await batching.redis.pttl(key);
    expect(leftMs).toBeGreaterThan(0);
    expect(leftMs).toBeLessThanOrEqual(KEEP_MS);
  });

  it('follows what the bot was called with; the same answer may be kept again', async () => {
    await keep('b-1', '', 1);
    expect(await keep('b-2', 'b-1', 2)).toBe('kept');
    expect(await keep('b-2', 'b-1', 2)).toBe('kept');
    expect(await states.of(CONVERSATION)).toEqual({ state: 2, leftBy: 'b-2' });
  });

  it('is forgotten with what the assistant knows; an answer whose call knew of it leaves nothing', async () => {
    const other = aConversation('79007654321');
    await keep('b-1', '', 1);
    await states.keep(other, { batchId: 'b-3', follows: '', state: 3, keepMs: KEEP_MS });
    for (const family of ['dialogue', 'customer-facts', 'preferences'])
      await batching.redis.hset(`rapid-fire-${family}:${CONVERSATION.id}`, 'b-1', '{}');
    await batching.redis.zadd(`rapid-fire-colleague-words:${CONVERSATION.id}`, 1, '{"text":"a"}');
    expect(await states.forget(CONVERSATION)).toEqual(BOT_MEMORIES);
    expect(await states.of(CONVERSATION)).toEqual({ state: null, leftBy: '' });
    expect(await states.of(other)).toEqual({ state: 3, leftBy: 'b-3' });
    expect(await keep('b-2', 'b-1', 2)).toBe('overtaken');
    expect(await states.forget(CONVERSATION)).toEqual([]);
  });

  it('does not undo what a later answer has left', async () => {
    await keep('b-1', '', 1);
    await keep('b-2', 'b-1', null);
    expect(await keep('b-1', '', 1)).toBe('overtaken');
    expect(await states.of(CONVERSATION)).toEqual({ state: null, leftBy: 'b-2' });
  });
});
