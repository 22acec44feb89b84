import type { GatewayEvent } from '../gateway-event';
import { venom } from './venom.gateway';

const MESSAGE = { phone: '+79001234567', message: 'Привет,' };

function read(item: Record<string, unknown>): GatewayEvent | undefined {
  return venom.read(item)[0];
}

describe('the contract’s message', () => {
  it('is read with all its fields', () => {
    expect(
      read({
        ...MESSAGE,
        companyId: 962302,
        messageId: 'm-1',
        timestamp: 1721737327000,
        type: 'image',
        media: { url: 'https://files.example/1.jpg', mimeType: 'image/jpeg', caption: 'вот', size: 84211 },
        metadata: { branch: 7, token: 'hidden' },
      }),
    ).toEqual({
      kind: 'message',
      gateway: 'venom',
      account: null,
      companyId: 962302,
      customer: '79001234567',
      sender: null,
      aliases: [],
      messageId: 'm-1',
      timestampMs: 1721737327000,
      chatId: '+79001234567',
      senderName: null,
      type: 'image',
      text: 'Привет,\nвот',
      media: [
        {
          type: 'image',
          url: 'https://files.example/1.jpg',
          mimeType: 'image/jpeg',
          caption: 'вот',
          size: 84211,
        },
      ],
      quotedId: null,
      buttonId: null,
      forwarded: false,
      metadata: { branch: 7 },
    });
  });

  it.each([
    [{ from: '79001234567@c.us', body: 'да' }],
    [{ from: '79001234567@c.us', text: 'да' }],
    [{ phone: 79001234567, message: 'да' }],
    [{ phone: '+', from: '79001234567', message: 'да' }],
    [{ phone: '79001234567', message: 'да', id: { _serialized: 'false_79001234567@c.us_3EB0' } }],
    [{ phone: '79001234567', message: 'да', type: 'something new' }],
    [{ phone: '79001234567', message: 'да', media: {}, metadata: null, unheard: 'of' }],
  ])('%j says да', (item) => {
    expect(read(item)).toMatchObject({
      kind: 'message',
      type: 'text',
      customer: '79001234567',
      text: 'да',
      media: [],
    });
  });

  it('fields that a forwarder wrote next to the message belong to it', () => {
    expect(read({ phone: '79001234567', companyId: 5, message: { text: 'да', id: '3EB0' } })).toMatchObject({
      kind: 'message',
      customer: '79001234567',
      companyId: 5,
      messageId: '3EB0',
      text: 'да',
    });
  });

  it('an id that looks like a phone is no customer', () => {
    expect(read({ id: '79001234567', message: 'да' })).toMatchObject({ kind: 'ignored', fields: ['phone'] });
  });

  it('several media keep their order and their captions', () => {
    const media = [
      { url: 'https://files.example/1.jpg', mimeType: 'image/jpeg', caption: 'до' },
      { url: 'https://files.example/2.mp4', mimeType: 'video/mp4', caption: 'после' },
    ];
    expect(read({ phone: '79001234567', media })).toMatchObject({
      text: 'до\nпосле',
      media: [{ type: 'image' }, { type: 'video' }],
    });
  });

  it('a file inside the message is left behind', () => {
    const body = '/9j/4AAQSkZJRgABAQAAAQABAAD/2wCE';
    expect(
      read({ phone: '79001234567', type: 'image', body, media: { url: `data:image/jpeg;base64,${body}` } }),
    ).toMatchObject({
      kind: 'message',
      text: '',
      media: [{ type: 'image' }],
    });
  });
});

describe('several messages', () => {
  it('an unreadable one does not spoil the others', () => {
    const events = venom.read({
      companyId: 'salon',
      messages: [MESSAGE, 17, { ...MESSAGE, companyId: 5 }, {}],
    });
    expect(events).toMatchObject([
      { kind: 'message', companyId: 'salon' },
      { kind: 'ignored', reason: 'malformed' },
      { kind: 'message', companyId: 5 },
      { kind: 'ignored', reason: 'invalid-customer', fields: ['phone', 'message'] },
    ]);
  });

  it('a bare list is a list of messages', () => {
    expect(venom.read([MESSAGE, MESSAGE])).toHaveLength(2);
  });
});

describe('what is at fault', () => {
  it.each([
    [{ message: 'да' }, 'invalid-customer', ['phone']],
    [{ phone: '79001234567', message: '  ' }, 'empty', ['message']],
    [{ ...MESSAGE, companyId: '{p01}' }, 'invalid-field', ['companyId']],
    [{ ...MESSAGE, companyId: 'wa-lid' }, 'invalid-field', ['companyId']],
    [{ ...MESSAGE, companyId: 1.5 }, 'invalid-field', ['companyId']],
    [{ ...MESSAGE, from: 'status@broadcast' }, 'status-post', []],
  ])('%j is ignored as %s', (item, reason, fields) => {
    expect(read(item)).toMatchObject({ kind: 'ignored', reason, fields });
  });
});
