import { type StoredMessage, conversationOf } from '@app/contracts';
import { aConversation, aMessage } from '../testing/messages';
import { type BatchContent, merge } from './merge';

const SECOND = 1_721_737_327_000;

function stored(text: string, seq: number, fields: Partial<StoredMessage> = {}): StoredMessage {
  return {
    ...aMessage(text),
    seq,
    receivedAt: SECOND + seq,
    timestamp: SECOND,
    message: text,
    companyId: 1,
    ...fields,
  };
}

function aBatch(...messages: StoredMessage[]): BatchContent {
  return { batchId: 'b-1', reason: 'quiet', flushedAt: SECOND + 9_000, messages };
}

const textOf = (...messages: StoredMessage[]): string =>
  merge(aConversation(), aBatch(...messages), ' ').text;

describe('merging', () => {
  it('joins the recorded customer’s fragments with the separator', () => {
    const fragments = ['Запишите на стрижку меня', 'На завтра', 'В 18:00', 'К Бари'].map((text, i) =>
      stored(text, i + 1),
    );
    expect(textOf(...fragments)).toBe('Запишите на стрижку меня На завтра В 18:00 К Бари');
    expect(merge(aConversation(), aBatch(...fragments), '\n').text.split('\n')).toHaveLength(4);
  });

  it('orders by the sender’s clock', () => {
    expect(textOf(stored('b', 1, { timestamp: SECOND + 1_000 }), stored('a', 2))).toBe('a b');
  });

  it('orders by arrival within one second of the sender’s clock, whatever its milliseconds', () => {
    const first = stored('first', 1, { timestamp: SECOND + 999 });
    const second = stored('second', 2, { timestamp: SECOND });
    expect(textOf(second, first)).toBe('first second');
  });

  it('leaves a message without the sender’s time where it came, however wrong the clock of the others', () => {
    const slow = (text: string, seq: number, s: number): StoredMessage =>
      stored(text, seq, { timestamp: SECOND - 90_000 + s * 1_000 });
    const timeless = stored('can I book?', 3, { timestamp: SECOND + 3 });
    const fragments = [slow('dear barber,', 2, 2), slow('Hello,', 1, 1), timeless, slow('for Friday', 4, 3)];
    expect(textOf(...fragments)).toBe('Hello, dear barber, can I book? for Friday');
  });

  it('leaves the batch that it was given as it was', () => {
    const batch = aBatch(stored('b', 1, { timestamp: SECOND + 1_000 }), stored('a', 2));
    merge(aConversation(), batch, ' ');
    expect(batch.messages.map(({ text }) => text)).toEqual(['b', 'a']);
  });

  it('counts a message without text, keeps it, and gives it no separator', () => {
    const voice = stored('', 2, { type: 'audio', media: { url: 'https://gateway.example/1' } });
    const merged = merge(aConversation(), aBatch(stored('a', 1), voice, stored('b', 3)), ' ');
    expect(merged.text).toBe('a b');
    expect(merged.messageCount).toBe(3);
    expect(merged.messages[1]).toMatchObject({ type: 'audio', text: '', media: voice.media });
  });

  it('is an empty text where no message has one', () => {
    expect(textOf(stored('', 1), stored('', 2))).toBe('');
  });

  it('spans the sender’s first and last time, not their order of arrival', () => {
    const merged = merge(
      aConversation(),
      aBatch(
        stored('a', 1, { timestamp: SECOND + 700 }),
        stored('b', 2, { timestamp: SECOND + 100 }),
        stored('c', 3, { timestamp: SECOND + 400 }),
      ),
      ' ',
    );
    expect([merged.firstMessageAt, merged.lastMessageAt]).toEqual([SECOND + 100, SECOND + 700]);
  });

  it.each([
    ['79001234567', 'whatsapp', '79001234567'],
    ['wa-lid:241758390126644', 'whatsapp', null],
    ['sms:79001234567', 'sms', '79001234567'],
    ['tg:700000001', 'telegram', null],
    ['tg-group:-1007000000001:tg:700000001', 'telegram', null],
  ])('names the messenger and the phone that the id of %s holds', (customer, channel, phone) => {
    expect(merge(aConversation(customer), aBatch(stored('a', 1)), ' ')).toMatchObject({ channel, phone });
  });

  it('names the latest phone that the gateway has said, if the id holds none', () => {
    const shown = (seq: number, phone?: string): StoredMessage =>
      stored('a', seq, {
        source: { gateway: 'telegram', account: null, chatId: '7', ...(phone && { phone }) },
      });
    const batch = aBatch(shown(1, '79001234567'), shown(2, '79007654321'), shown(3));
    expect(merge(aConversation('tg:7'), batch, ' ').phone).toBe('79007654321');
    expect(merge(aConversation('79000000000'), batch, ' ').phone).toBe('79000000000');
  });

  it('writes the company as its owner did, where the conversation’s id knows letters only', () => {
    const conversation = aConversation('79001234567', '962302');
    const merged = merge(conversation, aBatch(stored('a', 1, { companyId: 962302 })), ' ');
    expect(merged.companyId).toBe(962302);
    expect(
      merge(conversationOf('79001234567', null), aBatch(stored('a', 1, { companyId: null })), ' '),
    ).toMatchObject({
      companyId: null,
      conversationId: '79001234567',
    });
  });

  it('has no phone for a customer who is known by another id', () => {
    expect(merge(aConversation('wa-lid:1'), aBatch(stored('a', 1)), ' ').phone).toBeNull();
  });

  it('shows a fragment’s own fields and none of the predecessor’s', () => {
    const [part] = merge(aConversation(), aBatch(stored('a', 1)), ' ').messages;
    expect(Object.keys(part ?? {})).toEqual([
      'messageId',
      'type',
      'text',
      'timestamp',
      'receivedAt',
      'media',
      'metadata',
      'source',
    ]);
  });

  it('gives the same message for the same batch, always', () => {
    const batch = aBatch(stored('b', 2), stored('a', 1));
    expect(merge(aConversation(), batch, ' ')).toEqual(merge(aConversation(), batch, ' '));
  });
});
