import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';
import { TypingAndHold } from './typing-and-hold';

const ALIAS = aConversation('wa-lid:123456789012345');
const KNOWN = aConversation('79001234567');
const HOLD_MS = 60_000;

describe('an alias that is learned', () => {
  let batching: TestBatching;
  let typingAndHold: TypingAndHold;

  beforeEach(async () => {
    batching = await TestBatching.start({
      BATCH_TIMEOUT: '1000',
      ON_HUMAN_REPLY: 'hold',
      HUMAN_REPLY_HOLD: String(HOLD_MS / 1000),
    });
    typingAndHold = new TypingAndHold(batching.store);
  });
  afterEach(() => batching.stop());

  const dueAt = async (): Promise<number | null | undefined> => (await batching.batches.read(KNOWN))?.dueAt;

  it('brings the hold that a colleague’s answer began under it, with a message or without', async () => {
    await typingAndHold.hold(ALIAS);
    expect(await batching.aliases.learn(ALIAS, KNOWN)).toBe(0);
    await batching.batches.append(KNOWN, aMessage('Hi'));
    expect(await dueAt()).toBe(batching.now + HOLD_MS);
  });

  it('does not shorten a hold that lasts longer', async () => {
    await typingAndHold.hold(ALIAS);
    batching.now += 1_000;
    await typingAndHold.hold(KNOWN);
    await batching.batches.append(ALIAS, aMessage('Hi'));
    expect(await batching.aliases.learn(ALIAS, KNOWN)).toBe(1);
    expect(await dueAt()).toBe(batching.now + HOLD_MS);
  });

  it('brings that its customer types', async () => {
    await batching.batches.append(ALIAS, aMessage('Hi'));
    batching.now += 500;
    await typingAndHold.typing(ALIAS, true);
    expect(await batching.aliases.learn(ALIAS, KNOWN)).toBe(1);
    expect(await dueAt()).toBe(batching.now + 1_000);
  });
});
