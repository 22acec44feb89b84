import { authenticate } from '../authentication/authenticate';
import type { Verdict } from '../authentication/verdict';
import type { GatewayEvent } from '../gateway-event';
import { type Vector, vectorsOf } from '../testing/samples';
import { evolutionGo } from './evolution-go.gateway';
import { evolutionGoSender } from './evolution-go.sender';

const CHAT = '79001234567@s.whatsapp.net';
const LID = '241758390126644@lid';
const INFO = { Chat: CHAT, Sender: CHAT, SenderAlt: LID, IsFromMe: false, ID: '3A77' };

function post(event: unknown, data: unknown, more = {}): GatewayEvent[] {
  return evolutionGo.read({ event, instanceName: 'salon', instanceToken: 'hidden', data, ...more });
}

function message(Message: object, info = {}, more = {}): GatewayEvent | undefined {
  return post('Message', { Info: { ...INFO, ...info }, Message, ...more })[0];
}

describe('what Evolution Go proves itself by', () => {
  const vectors = vectorsOf('evolution-go');
  const [{ secret, header }] = vectors as [Vector];
  const at = (
    authorization: string | null,
    query = '',
    own: readonly string[] = ['older-secret', secret],
  ): Verdict =>
    authenticate(
      evolutionGo,
      {
        rawBody: null,
        headers: authorization === null ? {} : { Authorization: authorization },
        url: `/webhook/evolution-go${query}`,
      },
      { own, shared: ['shared-secret'] },
      0,
    );

  it.each(vectors)('is the password of its address: $valid, $why', (vector) => {
    expect(at(vector.header).accepted).toBe(vector.valid);
  });

  it('or stands in the query', () => {
    expect(at(null, `?secret=${secret}`)).toEqual({ accepted: true, by: 'token' });
    expect(at(null, '?secret=older-secret')).toEqual({ accepted: true, by: 'token' });
    expect(at(null, '?secret=another')).toEqual({ accepted: false, reason: 'mismatch' });
    expect(at(null)).toEqual({ accepted: false, reason: 'missing' });
  });

  it('is not made good by the query, nor by the secret of others', () => {
    const wrong = `Basic ${btoa('hook:another')}`;
    expect(at(wrong, `?secret=${secret}`)).toEqual({ accepted: false, reason: 'mismatch' });
    expect(at(`Basic ${btoa('no-colon')}`)).toEqual({ accepted: false, reason: 'malformed' });
    expect(at('Bearer shared-secret')).toEqual({ accepted: false, reason: 'malformed' });
  });

  it('where it has none is the shared secret, which may be rotated as well', () => {
    expect(at('Bearer shared-secret', '', [])).toEqual({ accepted: true, by: 'shared-secret' });
    expect(at(header, '', [])).toEqual({ accepted: false, reason: 'missing' });
  });
});

describe('envelopes', () => {
  it.each([
    ['HistorySync', {}, 'history'],
    ['Connected', {}, 'other-event'],
    ['constructor', {}, 'other-event'],
    ['Message', null, 'malformed'],
    [undefined, {}, 'malformed'],
    ['Message', {}, 'invalid-customer'],
    ['Message', { Info: { Chat: 'status@broadcast', Sender: CHAT, ID: '3A' } }, 'status-post'],
  ])('%s is ignored', (event, data, reason) => {
    expect(post(event, data)).toMatchObject([{ kind: 'ignored', reason, account: 'salon' }]);
  });

  it('an instance without a name is its id', () => {
    const event = { event: 'Connected', instanceId: 'ca3bd82d', data: {} };
    expect(evolutionGo.read(event)).toMatchObject([{ account: 'ca3bd82d' }]);
  });

  it('in a group the member who speaks is named by the phone', () => {
    const info = { Chat: '120363041234567890@g.us', Sender: LID, SenderAlt: CHAT, IsGroup: true };
    expect(message({ conversation: 'да' }, info)).toMatchObject({
      customer: 'wa-group:120363041234567890',
      sender: '79001234567',
    });
  });
});

describe('messages', () => {
  const key = { ID: '3A00', remoteJID: CHAT, fromMe: true };

  it('an edit has its new words, and an encrypted one keeps the old', () => {
    const protocolMessage = {
      ...{ key, type: 14, editedMessage: { conversation: 'на пятницу' }, timestampMS: 1763700013000 },
    };
    expect(message({ protocolMessage }, { Edit: '1' }, { IsEdit: true })).toMatchObject({
      ...{ kind: 'edit', targetId: '3A00', editId: '3A77', text: 'на пятницу', fromMe: false },
      timestampMs: 1763700013000,
    });
    const secretEncryptedMessage = { targetMessageKey: key, encPayload: 'x', encIV: 'x', secretEncType: 2 };
    expect(message({ secretEncryptedMessage })).toMatchObject({ kind: 'edit', targetId: '3A00', text: null });
  });

  it('a customer’s deletion and reaction are the customer’s', () => {
    expect(message({ protocolMessage: { key, type: 0 } })).toMatchObject({
      ...{ kind: 'revoke', targetId: '3A00', fromMe: false, customer: '79001234567' },
    });
    expect(message({ reactionMessage: { key, text: '👍' } })).toMatchObject({ kind: 'reaction', text: '👍' });
  });

  it('our own were written by hand unless the API says that it sent them', () => {
    const Info = { ...INFO, IsFromMe: true, ID: '3EB0FF', SenderAlt: '' };
    const own = { Info, Message: { conversation: 'да' } };
    expect(post('Message', own)).toMatchObject([{ kind: 'echo', viaApi: false }]);
    expect(post('SendMessage', own)).toMatchObject([{ kind: 'echo', viaApi: true }]);
  });

  it('what cannot be read is unsupported, and nothing is empty', () => {
    expect(message({ paymentInviteMessage: {} })).toMatchObject({
      ...{ kind: 'unsupported', originalType: 'paymentInviteMessage' },
    });
    expect(message({ messageContextInfo: {} })).toMatchObject({ kind: 'ignored', reason: 'empty' });
  });

  it('a file that Evolution Go has stored has the address of its copy', () => {
    const url = 'https://s3.example/a.jpeg';
    const imageMessage = { URL: 'https://mmg.whatsapp.net/x', mimetype: 'image/jpeg' };
    expect(message({ imageMessage, mediaUrl: url })).toMatchObject({ media: [{ type: 'image', url }] });
  });
});

describe('receipts and typing', () => {
  it.each([
    ['Delivered', false, 'status'],
    ['ReadSelf', true, 'ignored'],
    ['ReadSelf', false, 'ignored'],
    ['Read', true, 'ignored'],
    [undefined, false, 'ignored'],
  ])('a receipt %s, ours: %s, is %s', (state, IsFromMe, kind) => {
    expect(post('Receipt', { ...INFO, IsFromMe, MessageIDs: ['3EB0'] }, { state })).toMatchObject([{ kind }]);
  });

  it('only the customer is waited for, also in a chat that is named by LID', () => {
    const data = { Chat: LID, Sender: LID, SenderAlt: '79001234567:12@s.whatsapp.net', State: 'composing' };
    expect(post('ChatPresence', data)).toMatchObject([
      { kind: 'presence', state: 'composing', customer: '79001234567' },
    ]);
    expect(post('ChatPresence', { ...data, IsFromMe: true })).toMatchObject([{ kind: 'ignored' }]);
    expect(post('ChatPresence', { ...data, State: 'paused', Media: 'audio' })).toMatchObject([
      { state: 'paused' },
    ]);
  });
});

describe('replies', () => {
  const target = { account: 'salon', chatId: CHAT, isGroup: false, messageId: null };

  it('go out with the token of their instance', () => {
    const keys = 'nord=key-2,salon=key-1';
    expect(evolutionGoSender.reply(target, { text: 'План' }, keys)).toEqual({
      path: ['send', 'text'],
      headers: { apikey: 'key-1' },
      body: { number: CHAT, text: 'План', formatJid: false },
    });
    expect(evolutionGoSender.typing(target, 'key', 2_000)).toMatchObject({ headers: { apikey: 'key' } });
    for (const account of ['sud', null])
      expect(evolutionGoSender.reply({ ...target, account }, { text: 'План' }, keys)).toBeNull();
  });

  it('have files by their address', () => {
    const media = { type: 'document', url: 'https://salon.example/a.pdf' } as const;
    expect(evolutionGoSender.reply(target, { text: 'План', media }, 'key')).toMatchObject({
      path: ['send', 'media'],
      body: { url: media.url, type: 'document', caption: 'План', filename: 'a.pdf' },
    });
  });

  it.each([
    [500, 'client disconnected', 'unsent'],
    [500, 'failed to connect client: no active session found', 'unsent'],
    [500, 'number 79001234567 is not registered on WhatsApp', 'refused'],
    [500, 'websocket disconnected before info query returned response', 'unknown'],
    [503, undefined, 'unsent'],
    [401, 'not authorized', 'refused'],
  ])('that failed with %s, %s are %s', (status, error, kind) => {
    expect(evolutionGoSender.failure({ status, json: { error } })).toMatchObject({ kind });
    expect(evolutionGoSender.sentId({ data: { Info: { ID: '3EB0' } } })).toBe('3EB0');
  });
});
