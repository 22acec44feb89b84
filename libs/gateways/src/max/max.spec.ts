import type { GatewayEvent } from '../gateway-event';
import { max } from './max.gateway';

const ANNA = { user_id: 710000001, first_name: 'Анна', last_name: 'Тестова', is_bot: false, name: 'Анна' };
const BOT = { user_id: 720000009, first_name: 'Салон', is_bot: true };
const DIALOG = { chat_id: 730000045, chat_type: 'dialog', user_id: BOT.user_id };
const AT = 1763700001000;

function read(message: Record<string, unknown>, update_type = 'message_created'): GatewayEvent | undefined {
  const whole = { sender: ANNA, recipient: DIALOG, timestamp: AT, ...message };
  return max.read({ update_type, timestamp: AT + 9_000, message: whole })[0];
}

const carrying = (...attachments: object[]): Record<string, unknown> => ({
  body: { mid: 'mid.1', text: '', attachments },
});

describe('content', () => {
  it('may be an album: every file of it, in order', () => {
    const image = (photo_id: number): object => ({
      type: 'image',
      payload: { photo_id, token: 't', url: `https://i.example.test/${photo_id}` },
    });
    expect(read(carrying(image(1), image(2)))).toMatchObject({
      ...{ kind: 'message', type: 'image', text: '' },
      media: [
        { type: 'image', id: '1', url: 'https://i.example.test/1' },
        { type: 'image', id: '2', url: 'https://i.example.test/2' },
      ],
    });
  });

  it.each([
    [
      'a file',
      { type: 'file', payload: { url: 'https://f.example.test/1' }, filename: 'a.pdf', size: 9 },
      'document',
    ],
    ['a film', { type: 'video', payload: { url: 'https://f.example.test/2' } }, 'video'],
    ['a sticker', { type: 'sticker', payload: { code: 'c', url: 'https://f.example.test/3' } }, 'sticker'],
    ['a place', { type: 'location', latitude: 55.75, longitude: 37.61 }, 'location'],
    ['a card', { type: 'contact', payload: { vcf_info: 'BEGIN:VCARD\nFN:Анна\nEND:VCARD' } }, 'contacts'],
  ])('is %s', (_, attachment, type) => {
    expect(read(carrying(attachment))).toMatchObject({ kind: 'message', type, media: [{ type }] });
  });

  it('of what is shared is its title and address, unless something is said of it', () => {
    const share = { type: 'share', payload: { url: 'https://salon.example/1' }, title: 'Акция' };
    expect(read(carrying(share))).toMatchObject({ text: 'Акция\nhttps://salon.example/1', media: [] });
    expect(read({ body: { mid: 'mid.1', text: 'ещё есть?', attachments: [share] } })).toMatchObject({
      text: 'ещё есть?',
    });
  });

  it('of a button in place of the keyboard is its title, with what the button stands for', () => {
    const body = { mid: 'mid.1', text: '15:00', attachments: [{ type: 'data', data: 'slot_1500' }] };
    expect(read({ body })).toMatchObject({
      kind: 'message',
      text: '15:00',
      buttonId: 'slot_1500',
      media: [],
    });
  });

  it('of a place is in its metadata', () => {
    expect(read(carrying({ type: 'location', latitude: 55.75, longitude: 37.61 }))).toMatchObject({
      metadata: { location: { latitude: 55.75, longitude: 37.61 } },
    });
  });

  it('never is what another has said before; what is forwarded is said anew', () => {
    const linked = {
      mid: 'mid.0',
      text: 'чужое',
      attachments: [{ type: 'image', payload: { photo_id: 3 } }],
    };
    const body = { mid: 'mid.1', text: 'да' };
    const reply = read({ body, link: { type: 'reply', message: linked } });
    expect(reply).toMatchObject({ text: 'да', media: [], quotedId: 'mid.0', forwarded: false });
    expect(read({ body: null, link: { type: 'forward', message: linked } })).toMatchObject({
      ...{ kind: 'message', text: 'чужое', quotedId: null, forwarded: true, media: [{ id: '3' }] },
    });
  });

  it('that cannot be shown is unsupported, and nothing at all is empty', () => {
    expect(read(carrying({ type: 'something-new' }))).toMatchObject({
      ...{ kind: 'unsupported', originalType: 'something-new' },
    });
    expect(read(carrying())).toMatchObject({ kind: 'ignored', reason: 'empty' });
  });
});

describe('people', () => {
  it('show their phone by their own card, and by nobody else’s', () => {
    const card = (user_id: number): object => ({
      type: 'contact',
      payload: { vcf_info: 'BEGIN:VCARD\r\nTEL;TYPE=cell:+79001234567\r\nEND:VCARD', max_info: { user_id } },
    });
    expect(read(carrying(card(ANNA.user_id)))).toMatchObject({ phone: '79001234567' });
    expect(read(carrying(card(1)))).not.toHaveProperty('phone');
    const group = { chat_id: -7, chat_type: 'chat' };
    expect(read({ ...carrying(card(ANNA.user_id)), recipient: group })).not.toHaveProperty('phone');
  });

  it('are no bots', () => {
    expect(read({ body: { mid: 'mid.1', text: 'a' }, sender: BOT })).toMatchObject({ reason: 'service' });
  });
});

describe('a press', () => {
  const press = (timestamp: number): GatewayEvent | undefined =>
    max.read({
      ...{ update_type: 'message_callback', timestamp },
      callback: { callback_id: 'Kb', timestamp, payload: 'b', user: ANNA },
      message: { sender: BOT, recipient: DIALOG, timestamp: AT, body: { mid: 'mid.9', text: '?' } },
    })[0];

  it('is another one each time, under one keyboard', () => {
    expect(press(AT)).toMatchObject({ kind: 'message', text: 'b', messageId: `Kb@${AT}`, timestampMs: AT });
    expect(press(AT + 1)).not.toMatchObject({ messageId: `Kb@${AT}` });
  });

  it('is answered by the keyboard’s id', () => {
    expect(max.sender?.pressed?.(`Kb@${AT}`, 't')).toMatchObject({
      ...{ path: ['answers'], query: { callback_id: 'Kb' }, headers: { authorization: 't' } },
    });
  });
});

it('quick replies are a keyboard under the text', () => {
  const target = { account: null, chatId: '730000045', isGroup: false, messageId: null };
  const message = { text: 'Да?', buttons: [{ id: 'y', text: 'Да' }] };
  expect(max.sender?.reply(target, message, 't')?.body).toEqual({
    text: 'Да?',
    attachments: [
      {
        type: 'inline_keyboard',
        payload: { buttons: [[{ type: 'callback', text: 'Да', payload: 'y' }]] },
      },
    ],
  });
  expect(max.sender?.reply(target, message, null)).toBeNull();
  expect(max.sender?.sentId({ message: { body: { mid: 'mid.2' } } })).toBe('mid.2');
});

it.each(['user_added', 'chat_title_changed', 'dialog_muted', 'constructor'])(
  '%s concerns no conversation',
  (kind) => {
    expect(max.read({ update_type: kind, timestamp: AT })).toMatchObject([{ reason: 'other-event' }]);
  },
);

it.each([null, [], {}, { update_type: 'message_removed' }, { update_type: 'message_created' }])(
  '%j is no update that can be read',
  (payload) => {
    expect(max.read(payload)).toMatchObject([{ kind: 'ignored' }]);
  },
);
