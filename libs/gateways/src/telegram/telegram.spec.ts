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

describe('content', () => {
  it.each([
    ['a voice', { voice: { ...FILE, duration: 3 } }, { type: 'voice', mimeType: 'audio/ogg' }],
    ['music', { audio: { ...FILE, mime_type: 'audio/mp4' } }, { type: 'audio', mimeType: 'audio/mp4' }],
    ['a film', { video: { ...FILE, file_size: 9 } }, { type: 'video', mimeType: 'video/mp4', size: 9 }],
    ['a round film', { video_note: FILE }, { type: 'video', mimeType: 'video/mp4' }],
    [
      'a document',
      { document: { ...FILE, file_name: 'a.pdf', mime_type: 'application/pdf' } },
      { type: 'document', mimeType: 'application/pdf', filename: 'a.pdf' },
    ],
    ['a picture that cannot move', { sticker: FILE }, { type: 'sticker', mimeType: 'image/webp' }],
    [
      'one that can',
      { sticker: { ...FILE, is_animated: true } },
      { type: 'sticker', mimeType: 'application/x-tgsticker' },
    ],
    ['one that is a film', { sticker: { ...FILE, is_video: true } }, { mimeType: 'video/webm' }],
    [
      'the largest of a picture’s sizes',
      { photo: [{ file_id: 'small' }, { file_id: 'large', file_size: 7 }], caption: 'вот' },
      { type: 'image', id: 'large', mimeType: 'image/jpeg', size: 7, caption: 'вот' },
    ],
  ])('is %s, by its id', (_, said, media) => {
    const event = read({ ...MESSAGE, ...said });
    expect(event).toMatchObject({ kind: 'message', media: [{ id: expect.any(String) as string, ...media }] });
  });

  it('is one medium where Telegram sends two fields for it', () => {
    const animation = { ...FILE, mime_type: 'video/mp4' };
    expect(read({ ...MESSAGE, animation, document: animation })).toMatchObject({
      media: [{ type: 'video' }],
    });
    const location = { latitude: 55.75, longitude: 37.61 };
    expect(
      read({ ...MESSAGE, location, venue: { location, title: 'Кафе', address: 'Примерная, 1' } }),
    ).toMatchObject({
      text: '',
      media: [{ type: 'location' }],
      metadata: { location: { latitude: 55.75, longitude: 37.61, name: 'Кафе', address: 'Примерная, 1' } },
    });
  });

  it.each([
    ['a poll', { poll: { question: 'Когда?', options: [{ text: 'утром' }, { text: 'днём' }] } }, 'Когда?'],
    ['a list', { checklist: { title: 'Взять', tasks: [{ id: 1, text: 'паспорт' }] } }, 'Взять\nпаспорт'],
    ['a die', { dice: { emoji: '🎲', value: 3 } }, '🎲'],
    [
      'a web app’s answers',
      { web_app_data: { data: '{"date":"2026-12-01"}', button_text: 'Выбрать' } },
      'date: 2026-12-01',
    ],
    [
      'a rich message',
      {
        rich_message: {
          blocks: [
            { type: 'heading', text: 'Заказ', size: 2 },
            { type: 'paragraph', text: ['на ', { type: 'bold', text: ['сре', 'ду'] }, ', 18:00'] },
            { type: 'list', items: [{ label: '1.', blocks: [{ type: 'paragraph', text: 'стрижка' }] }] },
            { type: 'table', cells: [[{ text: 'Бари' }, { text: { type: 'code', text: '2000' } }]] },
            { type: 'details', summary: 'Ещё', blocks: [{ type: 'pullquote', text: 'да', credit: 'Анна' }] },
            { type: 'divider' },
            { type: 'photo', photo: [FILE], caption: { text: 'вот', credit: 'я' } },
          ],
        },
      },
      'Заказ\nна среду, 18:00\n1. стрижка\nБари | 2000\nЕщё\nда\nАнна\nвот\nя',
    ],
    ['a web app’s words', { web_app_data: { data: 'slot_1500', button_text: 'Выбрать' } }, 'slot_1500'],
  ])('is said in words: %s', (_, said, text) => {
    expect(read({ ...MESSAGE, ...said })).toMatchObject({ kind: 'message', type: 'text', text });
  });

  it('of an album says what belongs together', () => {
    const photo = [{ file_id: 'a' }];
    expect(read({ ...MESSAGE, photo, media_group_id: '14' })).toMatchObject({ metadata: { album: '14' } });
  });

  it('is forwarded where it came from somewhere else', () => {
    expect(read({ ...MESSAGE, text: 'да' })).toMatchObject({ forwarded: false });
    expect(read({ ...MESSAGE, text: 'да', forward_origin: { type: 'hidden_user' } })).toMatchObject({
      forwarded: true,
    });
  });

  it.each([
    ['a story', { story: { id: 1 } }, 'story'],
    ['a gift', { gift: { id: 1 }, has_protected_content: true }, 'gift'],
    ['what the Bot API cannot show', {}, 'unknown'],
  ])('that cannot be shown is unsupported: %s', (_, said, originalType) => {
    expect(read({ ...MESSAGE, ...said })).toMatchObject({ kind: 'unsupported', originalType });
  });

  it.each([
    { new_chat_members: [ANNA] },
    { left_chat_member: ANNA },
    { pinned_message: { ...MESSAGE, text: 'да' } },
    { forum_topic_created: { name: 'Вопросы' } },
    { community_chat_added: { community: { id: 1 } } },
    { new_chat_photo: [FILE] },
  ])('of a notice is nobody’s: %j', (said) => {
    expect(read({ ...IN_GROUP, ...said })).toMatchObject({ kind: 'ignored', reason: 'protocol' });
  });
});

describe('a quotation', () => {
  const quoting = (said: object, from: object = MESSAGE): GatewayEvent | undefined =>
    read({ ...from, text: 'да', ...said });

  it('names the message in this chat, and the words of it that are meant', () => {
    const said = { reply_to_message: { ...MESSAGE, message_id: 4, text: 'a' }, quote: { text: 'суббота' } };
    expect(quoting(said)).toMatchObject({
      quotedId: '700000001:4',
      text: 'да',
      metadata: { quote: 'суббота' },
    });
  });

  it('is none of what stands in another chat or is a story', () => {
    const said = { external_reply: { message_id: 4, chat: GROUP }, reply_to_story: { id: 1 } };
    expect(quoting(said)).toMatchObject({ quotedId: null });
  });

  it('is none where a topic makes every message an answer to its first', () => {
    const topic = { message_thread_id: 42, is_topic_message: true };
    const opened = { message_id: 42, chat: GROUP, forum_topic_created: { name: 'Вопросы' } };
    expect(quoting({ ...topic, reply_to_message: opened }, IN_GROUP)).toMatchObject({
      quotedId: null,
      topic: '42',
      chatId: '-1007000000001_42',
    });
    const gone = { message_id: 42, chat: GROUP, date: 0 };
    expect(quoting({ ...topic, reply_to_message: gone }, IN_GROUP)).toMatchObject({ quotedId: null });
    const other = { message_id: 43, chat: GROUP, text: 'a' };
    expect(quoting({ ...topic, reply_to_message: other }, IN_GROUP)).toMatchObject({
      quotedId: '-1007000000001:43',
    });
  });

  it('makes no topic of a thread of answers, whose first message is answered in earnest', () => {
    const first = { message_id: 42, chat: GROUP, text: 'a' };
    const event = quoting({ message_thread_id: 42, reply_to_message: first }, IN_GROUP);
    expect(event).toMatchObject({ chatId: '-1007000000001', quotedId: '-1007000000001:42' });
    expect(event).not.toHaveProperty('topic');
  });
});

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
