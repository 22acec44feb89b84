import { Changes } from '../changes/changes';
import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';

/** The most characters that WhatsApp allows. */
const LENGTH = 65_536;

const CHARACTERS = {
  'one byte each': 'x',
  'two bytes each': 'я',
  'three bytes each': 'न',
  'four bytes each': '𞤀',
  'a line’s end': '\n',
  'a quotation mark': '"',
  'a family, with joiners': '👨‍👩‍👧‍👦',
};

describe('a text as long as WhatsApp takes it', () => {
  let batching: TestBatching;

  beforeAll(async () => {
    batching = await TestBatching.start();
  });
  beforeEach(() => batching.redis.flushall());
  afterAll(() => batching.stop());

  const textOf = (character: string): string =>
    Array.from(character.repeat(LENGTH)).slice(0, LENGTH).join('');

  it.each(Object.entries(CHARACTERS))(
    'is stored, waits for more and is handed off whole: %s',
    async (_, character) => {
      const text = textOf(character);
      const message = aMessage(text, { messageId: '1', metadata: { note: 'n'.repeat(1_000) } });
      expect(await batching.batches.append(aConversation(), message)).toMatchObject({ outcome: 'opened' });
      expect(await batching.batches.append(aConversation(), aMessage('?'))).toMatchObject({
        outcome: 'extended',
      });
      batching.now += 60_000;
      await batching.sweep.run();
      const [job] = await batching.jobs();
      expect(job?.messages.map((part) => part.text.length)).toEqual([text.length, 1]);
      expect(job?.flushReason).toBe('quiet');
    },
  );

  it.each(Object.entries(CHARACTERS))('may be what a text is edited to: %s', async (_, character) => {
    await batching.batches.append(aConversation(), aMessage('short', { messageId: '1' }));
    const target = { gateway: 'generic', account: null, companyId: 1, messageId: '1' };
    const changed = await new Changes(batching.store).edit(target, {
      at: null,
      id: 'e',
      text: textOf(character),
    });
    expect(changed).toMatchObject({ outcome: 'edited' });
  });

  it('is counted once: the limit is the limit of one text, and not half of it', async () => {
    const { maxBytes } = batching.settings.window;
    const append = (length: number): Promise<unknown> =>
      batching.batches.append(aConversation(), aMessage('x'.repeat(length)));
    expect(await append(Math.ceil(1.01 * maxBytes))).toMatchObject({ outcome: 'too-large', maxBytes });
    expect(await append(maxBytes)).toMatchObject({ outcome: 'opened' });
    expect(await append(Math.floor(0.02 * maxBytes))).toMatchObject({ outcome: 'full' });
  });
});
