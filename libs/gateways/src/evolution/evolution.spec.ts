import type { GatewayEvent } from '../gateway-event';
import { evolution } from './evolution.gateway';

const KEY = { remoteJid: '79001234567@s.whatsapp.net', fromMe: false, id: '3A55' };
const ENVELOPE = { instance: 'salon', sender: '79007654321@s.whatsapp.net', apikey: 'hidden' };

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

describe('envelopes', () => {
  const data = { key: KEY, message: { conversation: 'да' }, messageTimestamp: '1763700001' };

  it.each(['messages.upsert', 'MESSAGES_UPSERT', 'messages-upsert'])('%s is one event', (event) => {
    expect(post(event, data)).toMatchObject([
      { kind: 'message', text: 'да', account: 'salon', timestampMs: 1763700001000 },
    ]);
  });

  it.each([
    ['a list', [data, data]],
    ['a list in an object', { messages: [data, data], type: 'notify' }],
  ])('the data may be %s', (_, list) => {
    expect(post('messages.upsert', list)).toHaveLength(2);
  });

  it.each([
    ['messages.set', [data], 'history'],
    ['contacts.update', [], 'other-event'],
    ['qrcode.updated', { qrcode: { base64: 'x' } }, 'other-event'],
    ['messages.upsert', null, 'malformed'],
  ])('%s is ignored', (event, of, reason) => {
    expect(post(event, of)).toMatchObject([{ kind: 'ignored', reason }]);
  });
});

describe('people', () => {
  const pair = {
    customer: '79001234567',
    aliases: [{ alias: 'wa-lid:241758390126644', phone: '79001234567' }],
  };
  const LID = '241758390126644@lid';

  it.each([
    ['2.3.1 to 2.3.4', { remoteJid: KEY.remoteJid, previousRemoteJid: LID, senderPn: KEY.remoteJid }],
    ['2.3.5 and 2.3.6', { remoteJid: LID, remoteJidAlt: KEY.remoteJid, addressingMode: 'lid' }],
    ['Baileys 6.7', { remoteJid: LID, senderPn: KEY.remoteJid }],
  ])('version %s shows both ids', (_, key) => {
    expect(upsert({ conversation: 'да' }, { key: { id: '3A55', fromMe: false, ...key } })).toMatchObject(
      pair,
    );
  });

  it('in what we sent, the sender’s ids are ours', () => {
    const key = { id: '3A55', fromMe: true, remoteJid: LID, senderPn: '79007654321@s.whatsapp.net' };
    expect(upsert({ conversation: 'да' }, { key })).toMatchObject({
      kind: 'echo',
      customer: 'wa-lid:241758390126644',
      aliases: [],
    });
  });

  it('our own number never becomes a customer’s alias', () => {
    const key = { id: '3A55', fromMe: false, remoteJid: LID, remoteJidAlt: ENVELOPE.sender };
    expect(upsert({ conversation: 'да' }, { key })).toMatchObject({
      customer: 'wa-lid:241758390126644',
      aliases: [],
    });
  });
});

describe('acts', () => {
  it.each([2, 'MESSAGE_EDIT'])('an edit encrypted under type %p has no text', (secretEncType) => {
    const secretEncryptedMessage = {
      secretEncType,
      targetMessageKey: { id: '3A00', fromMe: true },
      encPayload: 'x',
    };
    expect(upsert({ secretEncryptedMessage })).toMatchObject({
      kind: 'edit',
      targetId: '3A00',
      editId: '3A55',
      text: null,
      customer: '79001234567',
    });
  });

  it('an edit inside a message is one', () => {
    const protocolMessage = {
      type: 14,
      key: { id: '3A00' },
      editedMessage: { extendedTextMessage: { text: 'нет' } },
      timestampMs: '1763700013000',
    };
    expect(upsert({ editedMessage: { message: { protocolMessage } } })).toMatchObject({
      kind: 'edit',
      targetId: '3A00',
      text: 'нет',
      timestampMs: 1763700013000,
    });
  });

  it.each([0, 'REVOKE'])('messages.edited may bring a revocation, of type %p', (type) => {
    const key = { remoteJid: ENVELOPE.sender, fromMe: true, id: '3A00' };
    expect(post('messages.edited', { key, type })).toMatchObject([
      { kind: 'revoke', targetId: '3A00', customer: null, fromMe: false },
    ]);
  });

  it('an edit in LID addressing names no customer, because the LID may be ours', () => {
    const key = { remoteJid: '241758390126644@lid', fromMe: true, id: '3A00' };
    expect(post('messages.edited', { key, type: 14, editedMessage: { conversation: 'нет' } })).toMatchObject([
      { kind: 'edit', targetId: '3A00', customer: null, text: 'нет' },
    ]);
  });

  it('an edit in a group belongs to the group', () => {
    const key = {
      remoteJid: '120363041234567890@g.us',
      fromMe: true,
      id: '3A00',
      participant: '241758390126644@lid',
    };
    expect(post('messages.edited', { key, type: 14, editedMessage: { conversation: 'нет' } })).toMatchObject([
      { kind: 'edit', customer: 'wa-group:120363041234567890' },
    ]);
  });

  it('a deletion through the API wraps the key in the stored message', () => {
    const data = { id: 'cm3abc', key: { ...KEY, fromMe: true, id: '4DA1' }, status: 'DELETED' };
    expect(post('messages.delete', data)).toMatchObject([{ kind: 'revoke', targetId: '4DA1', fromMe: true }]);
  });

  it('the status DELETED deletes nothing', () => {
    expect(
      post('messages.update', { keyId: '3A55', remoteJid: KEY.remoteJid, fromMe: false, status: 'DELETED' }),
    ).toMatchObject([{ kind: 'status', status: 'unknown', messageId: '3A55' }]);
  });

  it.each([
    [{ status: 'PENDING' }, '3A55', true],
    [{ status: 'DELIVERY_ACK' }, '3EB0FF', true],
    [{ status: 'DELIVERY_ACK' }, '3A55', false],
  ])('of our own, %j with the id %s was sent by the API: %p', (changes, id, viaApi) => {
    expect(upsert({ conversation: 'x' }, { ...changes, key: { ...KEY, fromMe: true, id } })).toMatchObject({
      kind: 'echo',
      viaApi,
    });
  });

  it('in a group everybody who types is heard', () => {
    const presences = {
      '79001111111@s.whatsapp.net': { lastKnownPresence: 'composing' },
      '241758390126644@lid': { lastKnownPresence: 'unavailable' },
    };
    expect(post('presence.update', { id: '120363041234567890@g.us', presences })).toMatchObject([
      { kind: 'presence', state: 'composing', sender: '79001111111' },
      { kind: 'presence', state: 'paused', sender: 'wa-lid:241758390126644' },
    ]);
  });
});
