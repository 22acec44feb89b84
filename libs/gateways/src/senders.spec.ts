import { evolutionSender as evolution } from './evolution/evolution.sender';
import { answering, GATEWAY_NAMES } from './gateways';
import { metaSender as meta } from './meta/meta.sender';
import type { ReplyTarget } from './sender';
import { telegramSender as telegram } from './telegram/telegram.sender';
import { venomSender as venom } from './venom/venom.sender';
import { wahaSender as waha } from './waha/waha.sender';

const TARGET: ReplyTarget = { account: 'salon nord/1', chatId: '79001234567@c.us', messageId: 'wamid.1' };

describe('senders', () => {
  it('stand for the gateway of a message; plain calls are Venom’s', () => {
    const sources = [...GATEWAY_NAMES, 'generic', 'unheard-of', 'constructor'];
    const names = sources.map((source) => answering(source)?.name ?? null);
    expect(names).toEqual([...GATEWAY_NAMES, 'venom', null, null]);
  });

  it('give an account a segment of the path of its own', () => {
    expect(meta.reply(TARGET, 'hi', 't')?.path).toEqual(['salon nord/1', 'messages']);
    expect(evolution.reply(TARGET, 'hi', 't')?.path).toEqual(['message', 'sendText', 'salon nord/1']);
  });

  it('cannot answer without the account where their API names it; WAHA has a usual one', () => {
    const nowhere = { ...TARGET, account: null };
    expect([meta.reply(nowhere, 'hi', 't'), evolution.reply(nowhere, 'hi', 't')]).toEqual([null, null]);
    expect(waha.reply(nowhere, 'hi', null)).toMatchObject({ headers: {}, body: { session: 'default' } });
  });

  it('show a typing indicator if their gateway can', () => {
    expect(meta.typing(TARGET, 't')?.body).toMatchObject({ status: 'read', message_id: 'wamid.1' });
    expect(meta.typing({ ...TARGET, messageId: null }, 't')).toBeNull();
    expect(waha.typing(TARGET, 't')?.path).toEqual(['api', 'startTyping']);
    expect(evolution.typing(TARGET, 't')?.body).toMatchObject({ presence: 'composing' });
    expect(venom.typing(TARGET, 't')).toBeNull();
  });

  it.each([
    ['79001234567@c.us', '79001234567', '79001234567@c.us'],
    ['+7 900 123-45-67', '79001234567', '79001234567@c.us'],
    ['241758390126644@lid', null, '241758390126644@lid'],
  ])('name the chat %s as Venom does', (chatId, phone, chat) => {
    expect(venom.reply({ ...TARGET, chatId }, 'hi', null)?.body).toMatchObject({ phone, chatId: chat });
  });

  it('send to Telegram’s chat and topic, in the name of the business that was written to', () => {
    const from = (chatId: string, account: string | null = null): object | undefined =>
      telegram.reply({ account, chatId, messageId: null }, 'hi', '123:ABC')?.body;
    expect(telegram.reply({ ...TARGET, account: null }, 'hi', '123:ABC')?.path).toEqual([
      'bot123:ABC',
      'sendMessage',
    ]);
    expect(from('700000001')).toEqual({ chat_id: 700000001, text: 'hi' });
    expect(from('-1007000000001_42')).toEqual({
      chat_id: -1007000000001,
      message_thread_id: 42,
      text: 'hi',
    });
    expect(from('700000001', 'bc-1')).toEqual({
      business_connection_id: 'bc-1',
      chat_id: 700000001,
      text: 'hi',
    });
    expect(from('-1007000000010_dm700000001')).toEqual({
      chat_id: -1007000000010,
      direct_messages_topic_id: 700000001,
      text: 'hi',
    });
    expect(telegram.typing({ ...TARGET, chatId: '-1007000000010_dm7' }, '123:ABC')).toBeNull();
    expect(telegram.typing(TARGET, '123:ABC')?.body).toMatchObject({ action: 'typing' });
    expect(telegram.reply(TARGET, 'hi', null)).toBeNull();
  });

  it('know what certainly was not sent', () => {
    const graphError = '{"error": {"message": "Service temporarily unavailable", "code": 2}}';
    const certain = [
      meta.isCertainlyUnsent(500, graphError),
      meta.isCertainlyUnsent(502, '<html>Bad Gateway</html>'),
      waha.isCertainlyUnsent(503, ''),
      waha.isCertainlyUnsent(500, ''),
      evolution.isCertainlyUnsent(503, ''),
      evolution.isCertainlyUnsent(500, ''),
      venom.isCertainlyUnsent(500, ''),
      venom.isCertainlyUnsent(504, ''),
      telegram.isCertainlyUnsent(502, '<html>Bad Gateway</html>'),
      telegram.isCertainlyUnsent(500, '{"ok":false,"error_code":500,"description":"Internal Server Error"}'),
    ];
    expect(certain).toEqual([true, false, true, false, true, false, true, false, false, false]);
  });
});
