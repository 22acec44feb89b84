import { conversationOf } from '@app/contracts';
import { TestBatching } from '../testing/batching';
import { aConversation } from '../testing/messages';
import { ColleagueWordsStore } from './colleague-words';

const CONVERSATION = aConversation('79001234567');

describe('what a colleague has written', () => {
  let batching: TestBatching;
  let colleagues: ColleagueWordsStore;

  const start = async (variables: Record<string, string> = {}): Promise<void> => {
    batching = await TestBatching.start(variables);
    colleagues = new ColleagueWordsStore(batching.store);
  };
  afterEach(() => batching.stop());

  const keep = (text: string, messageId: string | null = text): Promise<void> =>
    colleagues.keep(CONVERSATION, { messageId, text });
  const texts = async (): Promise<string[]> => (await colleagues.of(CONVERSATION)).map(({ text }) => text);

  it('is kept in order, once however often it is reported, and as the latest 20', async () => {
    await start();
    for (const text of ['one', 'two', 'one']) await keep(text);
    expect(await texts()).toEqual(['one', 'two']);
    for (let i = 0; i < 19; i += 1) await keep(`more ${i}`);
    expect(await texts()).toEqual(['two', ...Array.from({ length: 19 }, (_, i) => `more ${i}`)]);
  });

  it('is forgotten as far as the bot was told; what comes in the same millisecond is not', async () => {
    await start();
    batching.now = 1_700_000_000_000;
    await keep('told');
    const until = (await colleagues.of(CONVERSATION)).at(-1)?.at ?? 0;
    await keep('not told');
    await colleagues.forget(CONVERSATION, until);
    expect(await texts()).toEqual(['not told']);
  });

  it('ends with its age, is cut, and is nothing if it has no words', async () => {
    await start({ COLLEAGUE_WORDS_TTL: '60' });
    await keep('ю'.repeat(2_000));
    await keep('  ');
    expect(await texts()).toEqual([`${'ю'.repeat(1_000)}…`]);
    const [key = ''] = await batching.redis.keys('rapid-fire-colleague-words:*');
    const leftMs = await batching.redis.pttl(key);
    expect([leftMs > 0, leftMs <= 60_000]).toEqual([true, true]);
  });

  it('is kept no longer because more is written', async () => {
    await start({ COLLEAGUE_WORDS_TTL: '60' });
    batching.now = 1_700_000_000_000;
    await keep('one');
    batching.now += 59_000;
    await keep('two');
    batching.now += 1_000;
    await keep('three');
    expect(await texts()).toEqual(['two', 'three']);
  });

  it('is of the conversation that an alias leads to', async () => {
    await start();
    const lid = conversationOf('wa-lid:241758390126644', CONVERSATION.companyId);
    await batching.redis.set(batching.store.keysOf(lid).alias(lid.id), CONVERSATION.id);
    await colleagues.keep(lid, { messageId: 'm', text: 'to the phone' });
    expect(await texts()).toEqual(['to the phone']);
  });

  it('is not kept where COLLEAGUE_WORDS_TTL is 0', async () => {
    await start({ COLLEAGUE_WORDS_TTL: '0' });
    await keep('one');
    expect(await batching.redis.keys('*')).toEqual([]);
  });
});
