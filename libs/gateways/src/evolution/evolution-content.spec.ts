import type { GatewayEvent } from '../gateway-event';
import { evolution } from './evolution.gateway';

const KEY = { remoteJid: '79001234567@s.whatsapp.net', fromMe: false, id: '3A55' };
const ENVELOPE = { instance: 'salon', sender: '79007654321@s.whatsapp.net' };

function post(event: string, data: unknown): GatewayEvent[] {
  return evolution.read({ ...ENVELOPE, event, data });
}

function upsert(message: unknown, changes: Record<string, unknown> = {}): GatewayEvent | undefined {
  const data = {
    key: KEY,
    pushName: 'Анна',
    message,
    messageTimestamp: 1763700001,
    messageType: 'x',
    ...changes,
  };
  return post('messages.upsert', data)[0];
}

describe('what Evolution’s messages say', () => {
  const deep = {
    ephemeralMessage: {
      message: { viewOnceMessageV2: { message: { imageMessage: { caption: 'вот', viewOnce: true } } } },
    },
  };

  it.each([
    [
      'version 1’s text',
      { extendedTextMessage: { text: 'да', contextInfo: { stanzaId: '3EB0', isForwarded: true } } },
      { text: 'да', quotedId: '3EB0', forwarded: true },
    ],
    [
      'a message that disappears after one look',
      deep,
      { text: 'вот', media: [{ type: 'image', caption: 'вот' }] },
    ],
    [
      'a document with a caption',
      {
        documentWithCaptionMessage: {
          message: { documentMessage: { fileName: 'a.pdf', caption: 'договор' } },
        },
      },
      { text: 'договор', media: [{ type: 'document', filename: 'a.pdf', caption: 'договор' }] },
    ],
    [
      'a button',
      { buttonsResponseMessage: { selectedButtonId: 'b1', selectedDisplayText: 'Да' } },
      { text: 'Да', buttonId: 'b1' },
    ],
    [
      'a template’s button',
      { templateButtonReplyMessage: { selectedId: 'b1', selectedDisplayText: 'Да' } },
      { text: 'Да', buttonId: 'b1' },
    ],
    [
      'a row',
      { listResponseMessage: { title: '15:00', singleSelectReply: { selectedRowId: 'r1' } } },
      { text: '15:00', buttonId: 'r1' },
    ],
    [
      'an interactive answer',
      {
        interactiveResponseMessage: {
          body: { text: 'Да' },
          nativeFlowResponseMessage: { name: 'quick_reply', paramsJson: '{"id":"q1"}' },
        },
      },
      { text: 'Да', buttonId: 'q1' },
    ],
    [
      'a voice note, transcribed',
      { audioMessage: { ptt: true, seconds: 4 }, speechToText: '[audio] на завтра', base64: 'T2dnUwAC' },
      { text: 'на завтра', type: 'voice', media: [{ type: 'voice' }] },
    ],
    [
      'a voice note, kept elsewhere',
      {
        audioMessage: { ptt: true, url: 'https://mmg.whatsapp.net/x' },
        mediaUrl: 'https://s3.example/x.ogg',
      },
      { media: [{ type: 'voice', url: 'https://s3.example/x.ogg' }] },
    ],
    [
      'the Meta channel’s file',
      {
        imageMessage: { id: '27', mime_type: 'image/jpeg', caption: 'вот' },
        contextInfo: { stanzaId: 'wamid.0' },
      },
      {
        text: 'вот',
        quotedId: 'wamid.0',
        media: [{ type: 'image', id: '27', mimeType: 'image/jpeg', caption: 'вот' }],
      },
    ],
    [
      'a place',
      {
        locationMessage: {
          degreesLatitude: 55.75,
          degreesLongitude: 37.61,
          name: 'Салон',
          jpegThumbnail: '/9j/',
        },
      },
      {
        text: '',
        media: [{ type: 'location' }],
        metadata: { location: { latitude: 55.75, longitude: 37.61, name: 'Салон' } },
      },
    ],
    [
      'a card',
      { contactMessage: { displayName: 'Бари', vcard: 'BEGIN:VCARD' } },
      {
        media: [{ type: 'contacts' }],
        metadata: { contacts: [{ displayName: 'Бари', vcard: 'BEGIN:VCARD' }] },
      },
    ],
    [
      'an advertisement’s answer',
      {
        extendedTextMessage: {
          text: 'да',
          contextInfo: { externalAdReply: { title: 'Скидка', sourceId: '120' } },
        },
      },
      { metadata: { advertisement: { title: 'Скидка', sourceId: '120' } } },
    ],
  ])('%s is a message', (_, message, wanted) => {
    expect(upsert(message)).toMatchObject({ kind: 'message', ...wanted });
  });

  it.each([
    [{}, 'empty'],
    [null, 'empty'],
    [{ messageContextInfo: {} }, 'empty'],
    [{ pollUpdateMessage: { vote: {} } }, 'protocol'],
    [{ albumMessage: { expectedImageCount: 2 } }, 'protocol'],
    [{ secretEncryptedMessage: { secretEncType: 1, targetMessageKey: { id: '3A' } } }, 'protocol'],
    [{ protocolMessage: { type: 'EPHEMERAL_SETTING', key: { id: '3A' } } }, 'protocol'],
  ])('%j is ignored as %s', (message, reason) => {
    expect(upsert(message)).toMatchObject({ kind: 'ignored', reason });
  });

  it('a type that cannot be shown is reported', () => {
    expect(upsert({ callLogMesssage: { isVideo: true } }, { messageType: 'callLogMesssage' })).toMatchObject({
      kind: 'unsupported',
      originalType: 'callLogMesssage',
    });
  });
});

describe('envelopes and offers', () => {
  it.each(['associatedChildMessage', 'botForwardedMessage', 'spoilerMessage', 'someFutureMessage'])(
    'what is inside %s is read, whatever it is called',
    (name) => {
      const image = { imageMessage: { caption: 'вот' } };
      expect(upsert({ messageContextInfo: {}, [name]: { message: image } })).toMatchObject({
        kind: 'message',
        text: 'вот',
        media: [{ type: 'image' }],
      });
    },
  );

  it.each([
    ['buttons', { buttonsMessage: { contentText: 'Когда?' } }],
    ['a list', { listMessage: { description: 'Когда?', title: 'Запись' } }],
    ['a form', { interactiveMessage: { body: { text: 'Когда?' } } }],
    ['a template', { templateMessage: { hydratedTemplate: { hydratedContentText: 'Когда?' } } }],
    ['a product', { productMessage: { product: { title: 'Когда?' } } }],
  ])('%s: the words above are the text', (_, message) => {
    expect(upsert(message)).toMatchObject({ kind: 'message', text: 'Когда?' });
  });
});
