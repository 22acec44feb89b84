import type { GatewayEvent } from '../gateway-event';
import { telegram } from './telegram.gateway';

const ANNA = { id: 700000001, is_bot: false, first_name: 'Анна', last_name: 'Тестова', username: 'anna' };
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
