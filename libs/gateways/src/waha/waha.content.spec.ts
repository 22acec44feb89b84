import type { GatewayEvent } from '../gateway-event';
import { waha } from './waha.gateway';

const ENVELOPE = {
  id: 'evt_1',
  timestamp: 1763700002000,
  session: 'default',
  metadata: { 'company.id': '123456' },
  me: { id: '79007654321@c.us', lid: '998877665544332@lid' },
};
const MESSAGE = {
  id: 'false_79001234567@c.us_3A11',
  timestamp: 1763700001,
  from: '79001234567@c.us',
  fromMe: false,
  source: 'app',
  body: 'да',
  hasMedia: false,
};

function read(payload: Record<string, unknown>, event = 'message', envelope = {}): GatewayEvent | undefined {
  return waha.read({ ...ENVELOPE, ...envelope, event, payload: { ...MESSAGE, ...payload } })[0];
}

describe('content', () => {
  it('a file that was not downloaded is still mentioned, as the engine knows it', () => {
    const message = {
      audioMessage: {
        ptt: true,
        mimetype: 'audio/ogg; codecs=opus',
        fileLength: '4211',
        url: 'https://mmg.whatsapp.net/x',
      },
    };
    expect(read({ body: null, hasMedia: true, media: null, _data: { message } })).toMatchObject({
      type: 'voice',
      text: '',
      media: [{ type: 'voice', mimeType: 'audio/ogg; codecs=opus', size: 4211 }],
    });
  });

  it('only WAHA’s own address is passed on', () => {
    const message = { imageMessage: { url: 'https://mmg.whatsapp.net/encrypted' } };
    const media = {
      url: 'https://waha.example/api/files/1.jpg',
      mimetype: 'image/jpeg',
      filename: 'a.jpg',
      error: null,
    };
    expect(read({ hasMedia: true, media, _data: { Message: message } })).toMatchObject({
      media: [
        {
          type: 'image',
          url: 'https://waha.example/api/files/1.jpg',
          mimeType: 'image/jpeg',
          filename: 'a.jpg',
        },
      ],
    });
    expect(read({ hasMedia: true, media: null, _data: { message } })).toMatchObject({
      media: [{ type: 'image' }],
    });
  });

  it('the type under WEBJS is the raw message’s', () => {
    expect(
      read({ body: '', hasMedia: true, media: { mimetype: 'audio/ogg' }, _data: { type: 'ptt' } }),
    ).toMatchObject({ type: 'voice' });
  });

  it('a place and a card are what they are, and not the bytes in their body', () => {
    const location = { latitude: '55.75', longitude: '37.61', description: 'Салон' };
    expect(read({ body: '/9j/4AAQ', location })).toMatchObject({
      text: '',
      media: [{ type: 'location' }],
      metadata: { location: { latitude: '55.75', longitude: '37.61', name: 'Салон' } },
    });
    expect(read({ body: 'BEGIN:VCARD', vCards: ['BEGIN:VCARD'] })).toMatchObject({
      text: '',
      media: [{ type: 'contacts' }],
    });
  });

  it('a card in the body alone keeps its number, and a file of no type is no words', () => {
    const card = 'BEGIN:VCARD\nTEL:+55\nEND:VCARD';
    for (const _data of [{ type: 'vcard' }, {}])
      expect(read({ body: card, _data })).toMatchObject({
        text: '',
        media: [{ type: 'contacts' }],
        metadata: { contacts: [card] },
      });
    expect(read({ body: card, _data: { type: 'chat' } })).toMatchObject({
      text: card,
      media: [],
      metadata: {},
    });
    expect(read({ body: '/9j/4AAQSkZJRg' })).toMatchObject({ text: '', media: [{ type: 'image' }] });
  });

  it('a reply names what it replies to', () => {
    expect(read({ replyTo: { id: '3EB0BB', body: 'Завтра?' } })).toMatchObject({ quotedId: '3EB0BB' });
  });

  it('nothing said is no message', () => {
    expect(read({ body: null })).toMatchObject({ kind: 'ignored', reason: 'empty' });
    expect(read({ body: null, _data: { message: { callLogMesssage: { isVideo: false } } } })).toMatchObject({
      kind: 'unsupported',
    });
  });
});
