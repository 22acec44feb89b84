import { evolutionSender as evolution } from './evolution/evolution.sender';
import { answering, GATEWAY_NAMES } from './gateways';
import type { JsonObject } from './json/json';
import { metaSender as meta } from './meta/meta.sender';
import type { SendFailure } from './send-failure';
import type { ReplyTarget, Sender } from './sender';
import { telegramSender as telegram } from './telegram/telegram.sender';
import { venomSender as venom } from './venom/venom.sender';
import { wahaSender as waha } from './waha/waha.sender';

const TARGET: ReplyTarget = {
  account: 'salon nord/1',
  chatId: '79001234567@c.us',
  isGroup: false,
  messageId: 'wamid.1',
};
const HI = { text: 'hi' };
const IMAGE = { type: 'image', url: 'https://salon.example/a/p.png?x=1' } as const;

describe('senders', () => {
  it('stand for the gateway of a message; plain calls are Venom’s', () => {
    const sources = [...GATEWAY_NAMES, 'generic', 'unheard-of', 'constructor'];
    const names = sources.map((source) => answering(source)?.name ?? null);
    expect(names).toEqual([...GATEWAY_NAMES, 'venom', null, null]);
  });

  it('give an account a segment of the path of its own', () => {
    expect(meta.reply(TARGET, HI, 't')?.path).toEqual(['salon nord/1', 'messages']);
    expect(evolution.reply(TARGET, HI, 't')?.path).toEqual(['message', 'sendText', 'salon nord/1']);
  });

  it('cannot answer without the account where their API names it; WAHA has a usual one', () => {
    const nowhere = { ...TARGET, account: null };
    expect([meta.reply(nowhere, HI, 't'), evolution.reply(nowhere, HI, 't')]).toEqual([null, null]);
    expect(waha.reply(nowhere, HI, null)).toMatchObject({ headers: {}, body: { session: 'default' } });
  });

  it('show a typing indicator if their gateway can', () => {
    expect(meta.typing(TARGET, 't', 2_000)?.body).toMatchObject({ status: 'read', message_id: 'wamid.1' });
    expect(meta.typing({ ...TARGET, messageId: null }, 't', 2_000)).toBeNull();
    expect(waha.typing(TARGET, 't', 2_000)?.path).toEqual(['api', 'startTyping']);
    expect(evolution.typing(TARGET, 't', 2_000)?.body).toMatchObject({ presence: 'composing', delay: 2_000 });
    expect(venom.typing(TARGET, 't', 2_000)).toBeNull();
  });

  it.each([
    ['79001234567@c.us', '79001234567', '79001234567@c.us'],
    ['+7 900 123-45-67', '79001234567', '79001234567@c.us'],
    ['241758390126644@lid', null, '241758390126644@lid'],
  ])('name the chat %s as Venom does', (chatId, phone, chat) => {
    expect(venom.reply({ ...TARGET, chatId }, HI, null)?.body).toMatchObject({ phone, chatId: chat });
  });

  it('send to Telegram’s chat and topic, in the name of the business that was written to', () => {
    const from = (chatId: string, account: string | null = null): object | undefined =>
      telegram.reply({ ...TARGET, account, chatId }, HI, '123:ABC')?.body;
    expect(telegram.reply({ ...TARGET, account: null }, HI, '123:ABC')?.path).toEqual([
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
    expect(telegram.typing({ ...TARGET, chatId: '-1007000000010_dm7' }, '123:ABC', 2_000)).toBeNull();
    expect(telegram.typing(TARGET, '123:ABC', 2_000)?.body).toMatchObject({ action: 'typing' });
    expect(telegram.pressed?.('77', '123:ABC')).toMatchObject({
      path: ['bot123:ABC', 'answerCallbackQuery'],
      body: { callback_query_id: '77' },
    });
    expect(telegram.reply(TARGET, HI, null)).toBeNull();
  });

  it('address a group as one', () => {
    const group = { ...TARGET, chatId: 'Y2FwaV9ncm91cDox', isGroup: true };
    expect(meta.reply(group, HI, 't')?.body).toMatchObject({ recipient_type: 'group', to: group.chatId });
  });

  it('send a file by its address, with its caption', () => {
    const message = { text: 'Plan', media: IMAGE };
    expect(meta.reply(TARGET, message, 't')?.body).toMatchObject({
      type: 'image',
      image: { link: IMAGE.url, caption: 'Plan' },
    });
    expect(waha.reply(TARGET, message, 't')).toMatchObject({
      path: ['api', 'sendImage'],
      body: { file: { url: IMAGE.url, mimetype: 'image/jpeg', filename: 'p.png' }, caption: 'Plan' },
    });
    expect(telegram.reply(TARGET, message, 't')).toMatchObject({
      path: ['bott', 'sendPhoto'],
      body: { photo: IMAGE.url, caption: 'Plan' },
    });
    expect(evolution.reply(TARGET, message, 't')).toMatchObject({
      path: ['message', 'sendMedia', 'salon nord/1'],
      body: { mediatype: 'image', media: IMAGE.url, fileName: 'p.png', caption: 'Plan' },
    });
  });

  it('show quick replies where Meta and Telegram do', () => {
    const buttons = [{ id: 'y', text: 'Yes' }];
    expect(telegram.reply(TARGET, { text: 'Do you?', buttons }, 't')?.body).toMatchObject({
      text: 'Do you?',
      reply_markup: { inline_keyboard: [[{ text: 'Yes', callback_data: 'y' }]] },
    });
    expect(meta.reply(TARGET, { text: 'Do you?', buttons }, 't')?.body).toMatchObject({
      type: 'interactive',
      interactive: {
        body: { text: 'Do you?' },
        action: { buttons: [{ type: 'reply', reply: { id: 'y', title: 'Yes' } }] },
      },
    });
  });

  it('know the id of what they sent', () => {
    expect([
      meta.sentId({ messages: [{ id: 'wamid.2' }] }),
      waha.sentId({ id: 'true_79001234567@c.us_3EB0' }),
      waha.sentId({ id: { _serialized: 'true_79001234567@c.us_3EB0' } }),
      waha.sentId({ key: { id: '3EB0' } }),
      evolution.sentId({ key: { id: '3EB0' } }),
      venom.sentId({ id: 'true_79001234567@c.us_3EB0' }),
      telegram.sentId({ ok: true, result: { message_id: 8, chat: { id: 700000001 } } }),
      meta.sentId({}),
    ]).toEqual(['wamid.2', '3EB0', '3EB0', '3EB0', '3EB0', '3EB0', '700000001:8', null]);
  });
});

const graph = (code: number, fields: JsonObject = {}): JsonObject => ({ error: { code, ...fields } });
const session = (status: string): JsonObject => ({ status, expected: ['WORKING'], session: 'default' });
const said = (message: unknown): JsonObject => ({ response: { message } });

describe('a gateway that did not send', () => {
  it.each<[string, Sender, number, JsonObject, SendFailure['kind']]>([
    ['asks for patience', venom, 429, {}, 'unsent'],
    ['refuses', venom, 401, {}, 'refused'],
    ['says it by 5xx', venom, 500, {}, 'unsent'],
    ['stands behind a proxy', venom, 504, {}, 'unknown'],
    ['is Meta behind a proxy', meta, 502, {}, 'unknown'],
    ['is Meta overloaded', meta, 500, graph(2), 'unsent'],
    ['is Meta with a fault of its own', meta, 500, graph(131000), 'unsent'],
    ['is Meta, of a pair of numbers', meta, 400, graph(131056), 'unsent'],
    ['is Meta, of its throughput', meta, 400, graph(130429), 'unsent'],
    ['is Meta, of the account’s calls', meta, 400, graph(80007), 'unsent'],
    ['is Meta, of the app’s calls', meta, 400, graph(4), 'unsent'],
    [
      'is Meta, with an error that it calls transient',
      meta,
      400,
      graph(131999, { is_transient: true }),
      'unsent',
    ],
    ['is Meta, for its window', meta, 400, graph(131047), 'refused'],
    ['is Meta, for the customer', meta, 500, graph(131026), 'refused'],
    ['is Meta, for an unheard-of reason', meta, 400, graph(999), 'refused'],
    ['is WAHA with a session that starts', waha, 422, session('STARTING'), 'unsent'],
    ['is WAHA with a session that waits for its code', waha, 422, session('SCAN_QR_CODE'), 'refused'],
    ['is WAHA with a field at fault', waha, 422, { status: 'STARTING' }, 'refused'],
    ['is WAHA, unavailable', waha, 503, {}, 'unsent'],
    ['is WAHA, at a loss', waha, 500, {}, 'unknown'],
    ['is Evolution without a connection', evolution, 400, said(['Error: Connection Closed']), 'unsent'],
    ['is Evolution without a connection, at a loss', evolution, 500, said('Connection Closed'), 'unsent'],
    ['is Evolution without that customer', evolution, 400, said([{ exists: false }]), 'refused'],
    ['is Evolution, unavailable', evolution, 503, {}, 'unsent'],
    ['is Telegram, blocked', telegram, 403, { ok: false, error_code: 403 }, 'refused'],
    ['is Telegram, or what stands before it', telegram, 500, { ok: false, error_code: 500 }, 'unknown'],
    ['is Evolution, at a loss', evolution, 500, said('Timed Out'), 'unknown'],
  ])('%s', (_, sender, status, json, kind) => expect(sender.failure({ status, json }).kind).toBe(kind));

  it('may say in the body how long to wait', () => {
    const json = { ok: false, error_code: 429, parameters: { retry_after: 7 } };
    expect(telegram.failure({ status: 429, json })).toEqual({ kind: 'unsent', retryAfterMs: 7_000 });
  });

  it('says why in words, and nothing of the message', () => {
    const secret = graph(131047, { message: '79001234567', error_data: { details: 'EAAG' } });
    expect(meta.failure({ status: 400, json: secret }).why).toBe(
      'error 131047 of Meta, more than 24 hours have passed since the customer wrote, so only a template may be sent',
    );
  });
});
