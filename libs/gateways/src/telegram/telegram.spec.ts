import type { GatewayEvent } from '../gateway-event';
import { telegram } from './telegram.gateway';
import { TELEGRAM_UPDATES } from './telegram.reader';

const ANNA = { id: 700000001, is_bot: false, first_name: 'Анна', last_name: 'Тестова', username: 'anna' };
const OWNER = { id: 700000555, is_bot: false, first_name: 'Ольга' };
const BOT = { id: 7000000099, is_bot: true, first_name: 'Салон', username: 'salon_bot' };
const PRIVATE = { id: ANNA.id, type: 'private', first_name: 'Анна' };
const GROUP = { id: -1007000000001, type: 'supergroup', title: 'Клиенты', is_forum: true };
const MESSAGE = { message_id: 5, from: ANNA, chat: PRIVATE, date: 1763700001 };
const IN_GROUP = { ...MESSAGE, chat: GROUP };
const FILE = { file_id: 'AAA', file_unique_id: 'u' };

function readAll(update: Record<string, unknown>): GatewayEvent[] {
  return telegram.read({ update_id: 1, ...update });
}

function read(message: Record<string, unknown>, kind = 'message'): GatewayEvent | undefined {
  return readAll({ [kind]: message })[0];
}

describe('people', () => {
  it('are named by both names, else by their username', () => {
    expect(read({ ...MESSAGE, text: 'a' })).toMatchObject({ senderName: 'Анна Тестова' });
    const from = { id: ANNA.id, username: 'anna', first_name: '' };
    expect(read({ ...MESSAGE, from, text: 'a' })).toMatchObject({ senderName: 'anna' });
  });

  it('show their phone by their own card, and by nobody else’s', () => {
    const card = { phone_number: '+7 900 123-45-67', first_name: 'Анна', user_id: ANNA.id };
    expect(read({ ...MESSAGE, contact: card })).toMatchObject({
      customer: 'tg:700000001',
      phone: '79001234567',
      media: [{ type: 'contacts' }],
      metadata: { contacts: [{ name: 'Анна', phones: ['+7 900 123-45-67'] }] },
    });
    for (const contact of [
      { ...card, user_id: 1 },
      { ...card, user_id: undefined },
    ])
      expect(read({ ...MESSAGE, contact })).not.toHaveProperty('phone');
    expect(read({ ...IN_GROUP, contact: card })).not.toHaveProperty('phone');
  });

  it('in a group are named, unless they speak in the name of the group or a channel', () => {
    expect(read({ ...IN_GROUP, text: 'a' })).toMatchObject({
      customer: 'tg-group:-1007000000001',
      sender: 'tg:700000001',
    });
    const anonymous = { ...IN_GROUP, from: { id: 1087968824, is_bot: true }, sender_chat: GROUP, text: 'a' };
    expect(read(anonymous)).toMatchObject({ kind: 'message', sender: null });
  });

  it('are no bots, and not Telegram itself', () => {
    const service = { kind: 'ignored', reason: 'service' };
    expect(read({ ...IN_GROUP, from: BOT, text: 'a' })).toMatchObject(service);
    const code = {
      ...MESSAGE,
      from: { id: 777000 },
      chat: { id: 777000, type: 'private' },
      text: 'Code 12345',
    };
    expect(read({ ...code, business_connection_id: 'c' }, 'business_message')).toMatchObject(service);
  });

  it('do not speak in a channel, nor in what a group takes over from one', () => {
    const channel = { kind: 'ignored', reason: 'channel' };
    const chat = { id: -1007000000009, type: 'channel' };
    expect(read({ ...MESSAGE, chat, text: 'a' }, 'edited_channel_post')).toMatchObject(channel);
    expect(read({ ...IN_GROUP, is_automatic_forward: true, sender_chat: chat, text: 'a' })).toMatchObject(
      channel,
    );
    expect(read({ ...MESSAGE, chat }, 'my_chat_member')).toMatchObject(channel);
  });
});

describe('a business account', () => {
  const CONNECTED = { ...MESSAGE, business_connection_id: 'bc-1' };

  it.each([
    ['its owner’s answer', {}, false],
    ['its bot’s', { sender_business_bot: BOT }, true],
    ['a greeting', { is_from_offline: true }, true],
  ])('tells whose words are its own: %s', (_, said, viaApi) => {
    const event = read({ ...CONNECTED, from: OWNER, text: 'a', ...said }, 'business_message');
    expect(event).toMatchObject({
      kind: 'echo',
      customer: 'tg:700000001',
      account: 'bc-1',
      viaApi,
      senderName: null,
    });
  });

  it('has edits of both sides', () => {
    const edit = { ...CONNECTED, text: 'b', edit_date: 1763700009 };
    expect(read(edit, 'edited_business_message')).toMatchObject({
      ...{ kind: 'edit', targetId: '700000001:5', text: 'b', timestampMs: 1763700009000, fromMe: false },
    });
    expect(read({ ...edit, from: OWNER }, 'edited_business_message')).toMatchObject({
      kind: 'edit',
      fromMe: true,
    });
  });

  it('is connected and cut off without a word to any customer', () => {
    const connection = { id: 'bc-1', user: OWNER, user_chat_id: OWNER.id, date: 1, is_enabled: true };
    expect(read(connection, 'business_connection')).toMatchObject({
      ...{ kind: 'system', account: 'bc-1', customer: null },
    });
  });
});

describe('what is written to a channel directly', () => {
  const DIRECT = {
    ...{ ...MESSAGE, chat: { id: -1007000000010, type: 'supergroup', is_direct_messages: true }, text: 'a' },
    direct_messages_topic: { topic_id: ANNA.id, user: ANNA },
  };

  it('is a conversation of each who writes, with its own way back', () => {
    expect(read(DIRECT)).toMatchObject({
      ...{ kind: 'message', topic: '700000001', sender: 'tg:700000001' },
      chatId: '-1007000000010_dm700000001',
    });
  });

  it('has answers, which are a colleague’s', () => {
    const answer = { ...DIRECT, from: OWNER, sender_chat: { id: -1007000000009, type: 'channel' } };
    expect(read(answer)).toMatchObject({ kind: 'echo', viaApi: false, sender: 'tg:700000001' });
  });
});

describe('an edit', () => {
  it('takes the caption away with the words', () => {
    expect(read({ ...MESSAGE, photo: [FILE], edit_date: 2e9 }, 'edited_message')).toMatchObject({
      ...{ kind: 'edit', text: '' },
    });
  });

  it('of a place is a live position that has moved', () => {
    const location = { latitude: 1, longitude: 2, live_period: 900 };
    expect(read({ ...MESSAGE, location }, 'edited_message')).toMatchObject({ reason: 'protocol' });
  });
});

describe('a press', () => {
  const press = (said: object = {}, message: object = {}): GatewayEvent | undefined =>
    read(
      {
        ...{ id: '77', from: ANNA, data: 'b', chat_instance: '1' },
        message: { ...MESSAGE, from: BOT, message_id: 9, text: 'Когда?', ...message },
        ...said,
      },
      'callback_query',
    );

  it('has the title, or where the keyboard is gone the button’s own value', () => {
    const inline_keyboard = [[{ text: 'A', callback_data: 'a' }], [{ text: 'B', callback_data: 'b' }]];
    const shown = press({}, { reply_markup: { inline_keyboard } });
    expect(shown).toMatchObject({ kind: 'message', text: 'B', buttonId: 'b', quotedId: '700000001:9' });
    expect(press({}, { date: 0 })).toMatchObject({
      text: 'b',
      buttonId: 'b',
      messageId: '77',
      timestampMs: null,
    });
  });

  it('in a group is the member’s', () => {
    const topic = { chat: GROUP, message_thread_id: 42, is_topic_message: true };
    expect(press({}, topic)).toMatchObject({
      ...{ customer: 'tg-group:-1007000000001', sender: 'tg:700000001', topic: '42' },
    });
  });

  it.each([
    ['under what was sent elsewhere', { message: undefined, inline_message_id: 'x' }, {}],
    ['for a game', { data: undefined, game_short_name: 'g' }, {}],
    ['by the owner of a business', { from: OWNER }, { business_connection_id: 'bc-1' }],
  ])('%s is not acted on', (_, said, message) => {
    expect(press(said, message)).toMatchObject({ kind: 'ignored', reason: 'other-event' });
  });
});

describe('reactions, moves, members', () => {
  it.each([
    [[{ type: 'emoji', emoji: '👍' }], '👍'],
    [[{ type: 'custom_emoji', custom_emoji_id: '5' }], 'custom_emoji'],
    [[], ''],
  ])('a reaction is %j', (new_reaction, text) => {
    const reaction = {
      chat: GROUP,
      message_id: 3,
      user: ANNA,
      date: 1763700001,
      old_reaction: [],
      new_reaction,
    };
    expect(read(reaction, 'message_reaction')).toMatchObject({
      ...{ kind: 'reaction', text, targetId: '-1007000000001:3', sender: 'tg:700000001' },
    });
  });

  it.each([
    [{ chat: { id: -5, type: 'group' }, migrate_to_chat_id: -1007000000001 }],
    [{ chat: GROUP, migrate_from_chat_id: -5 }],
  ])('a group that gets another id says so: %j', (said) => {
    expect(read({ ...MESSAGE, ...said })).toMatchObject({
      ...{ kind: 'system', customer: 'tg-group:-5', newCustomer: 'tg-group:-1007000000001' },
    });
  });

  it.each([
    { chat_member: { chat: GROUP, from: ANNA } },
    { poll_answer: { poll_id: '1', user: ANNA } },
    { inline_query: { id: '1', from: ANNA, query: 'a' } },
    { some_kind_to_come: { id: '1' } },
  ])('what concerns no conversation is left alone: %j', (update) => {
    expect(readAll(update)).toMatchObject([{ kind: 'ignored', reason: 'other-event' }]);
  });

  it.each([{ result: [] }, { update_id: 1 }, { message: 'a' }, []])('%j is no update', (payload) => {
    expect(telegram.read(payload)).toMatchObject([{ kind: 'ignored', reason: 'malformed' }]);
  });

  it('Telegram is asked for every kind that is read, and no other', () => {
    expect(TELEGRAM_UPDATES).toEqual([
      ...['message', 'edited_message', 'business_connection', 'business_message', 'edited_business_message'],
      ...['deleted_business_messages', 'callback_query', 'message_reaction', 'my_chat_member'],
    ]);
  });
});
