import type { GatewayEvent } from '../gateway-event';
import { sample } from '../testing/samples';
import { wppconnect } from './wppconnect.gateway';
import { wppconnectSender } from './wppconnect.sender';

const CHAT = '79001234567@c.us';
const LID = '241758390126644@lid';
const GROUP = '120363041234567890@g.us';
const MESSAGE = {
  ...{ event: 'onmessage', session: 'salon', id: `false_${CHAT}_3AA1`, type: 'chat', body: 'Привет' },
  ...{ from: CHAT, to: '79007654321@c.us', fromMe: false, t: 1763700001, isMedia: false },
};
const OWN = { id: `true_${CHAT}_3AA2_out`, fromMe: true, from: MESSAGE.to, to: CHAT };

function readAll(changed: object): GatewayEvent[] {
  return wppconnect.read({ ...MESSAGE, ...changed });
}
const read = (changed: object): GatewayEvent | undefined => readAll(changed)[0];

describe('a message', () => {
  it('names the session, the customer and the time', () => {
    expect(read({ notifyName: 'Анна' })).toMatchObject({
      ...{ kind: 'message', account: 'salon', companyId: null, customer: '79001234567', chatId: CHAT },
      ...{ messageId: '3AA1', timestampMs: 1763700001000, text: 'Привет', senderName: 'Анна' },
    });
  });

  it.each([
    ['text', LID],
    ['an object', { server: 'lid', user: '241758390126644', _serialized: LID }],
    ['an object without its text', { server: 'lid', user: '241758390126644', _serialized: null }],
  ])('has the chat as %s', (_, from) => {
    const id = { fromMe: false, remote: from, id: '3AA1', _serialized: null };
    const chat = { customer: 'wa-lid:241758390126644', chatId: LID, messageId: '3AA1' };
    expect(read({ id, from, chatId: from })).toMatchObject(chat);
    expect(read({ id, from: undefined })).toMatchObject(chat);
  });

  it.each([
    [
      'a picture',
      { type: 'image', caption: 'вот', body: '/9j/4AAQSkZJRg==' },
      { text: 'вот', type: 'image' },
    ],
    ['a file that its server keeps', { type: 'document', fileUrl: 'https://files.example/1.pdf' }, {}],
    ['a button', { type: 'buttons_response', selectedButtonId: 'yes' }, { buttonId: 'yes' }],
    ['an answer', { quotedMsgId: `true_${CHAT}_3EB0Q` }, { quotedId: '3EB0Q' }],
    ['edited before it came', { latestEditMsgKey: { id: '3AA9' } }, { text: 'Привет' }],
    ['unread at the start', { event: 'unreadmessages' }, { text: 'Привет' }],
  ])('may be %s', (_, changed, expected) => {
    expect(read({ isMedia: 'caption' in changed, ...changed })).toMatchObject({
      kind: 'message',
      ...expected,
    });
  });

  it('has no file’s bytes, only where it can be fetched', () => {
    const body = 'T2dnUwAC'.repeat(100);
    expect(JSON.stringify(read({ type: 'ptt', body, content: body, isMedia: true }))).not.toContain('T2dn');
    expect(read({ type: 'image', body: '', fileUrl: 'https://files.example/1.jpg' })).toMatchObject({
      media: [{ type: 'image', url: 'https://files.example/1.jpg' }],
    });
  });

  it.each([
    ['ciphertext', {}, { reason: 'undecrypted' }],
    ['e2e_notification', {}, { reason: 'protocol' }],
    ['protocol', { event: 'onselfmessage', ...OWN }, { reason: 'protocol' }],
    ['chat', { from: 'status@broadcast', id: 'false_status@broadcast_3AA1' }, { reason: 'status-post' }],
    ['chat', { body: '' }, { reason: 'empty' }],
    ['new_kind', { body: '' }, { kind: 'unsupported', originalType: 'new_kind' }],
    ['revoked', { body: '' }, { kind: 'revoke', targetId: '3AA1' }],
  ])('of the type %s says nothing: %j', (type, changed, expected) => {
    expect(read({ type, ...changed })).toMatchObject(expected);
  });

  it('of our own is a human’s answer, unless a linked client sent it or it was there before', () => {
    const own = { ...OWN, event: 'onselfmessage' };
    expect(read(own)).toMatchObject({ kind: 'echo', viaApi: false, customer: '79001234567' });
    expect(read({ ...own, id: `true_${CHAT}_3EB0A2_out` })).toMatchObject({ kind: 'echo', viaApi: true });
    expect(read({ ...own, event: 'unreadmessages' })).toMatchObject({ kind: 'ignored', reason: 'history' });
  });
});

describe('another event', () => {
  it('is a receipt of a message of ours alone', () => {
    expect(wppconnect.read({ ...sample('wppconnect/onack.json'), ack: 3 })).toMatchObject([
      { status: 'read' },
    ]);
    expect(read({ event: 'onack', ack: 3 })).toMatchObject({ kind: 'ignored', reason: 'other-event' });
  });

  it('takes back what it refers to, in a group by its author', () => {
    const event = { event: 'onrevokedmessage', id: `false_${GROUP}_3AB1_${CHAT}`, from: GROUP };
    const revoked = { kind: 'revoke', targetId: '3AA1', sender: '79001234567', fromMe: false };
    const refId = { fromMe: false, remote: GROUP, id: '3AA1', participant: CHAT };
    expect(read({ ...event, refId, fromMe: undefined })).toMatchObject(revoked);
    expect(read({ ...event, refId: null })).toMatchObject({ reason: 'malformed', fields: ['refId'] });
  });

  it('is each member of a group who types', () => {
    const participants = [
      { id: CHAT, state: 'composing' },
      { id: LID, state: 'available' },
    ];
    expect(
      readAll({ event: 'onpresencechanged', id: GROUP, state: 'available', participants }),
    ).toMatchObject([
      { kind: 'presence', customer: 'wa-group:120363041234567890', sender: '79001234567', messageId: null },
      { kind: 'ignored', reason: 'online' },
    ]);
    expect(read({ event: 'onpresencechanged', id: {}, state: 'composing' })).toMatchObject({
      reason: 'invalid-customer',
    });
  });

  it.each([
    ['qrcode', 'other-event'],
    ['onpollresponse', 'other-event'],
    ['constructor', 'other-event'],
    [{ name: 'Свадьба' }, 'malformed'],
  ])('is not read: %j', (event, reason) => expect(read({ event })).toMatchObject({ reason }));
});

describe('a reply', () => {
  const target = { account: 'salon', chatId: LID, isGroup: false, messageId: null };
  const group = { ...target, chatId: GROUP, isGroup: true };

  it('names the chat, and what its digits are', () => {
    expect(wppconnectSender.reply(target, { text: 'Есть' }, 'token')).toEqual({
      path: ['api', 'salon', 'send-message'],
      headers: { authorization: 'Bearer token' },
      body: { phone: LID, isGroup: false, isLid: true, message: 'Есть' },
    });
    expect(wppconnectSender.typing(group, 'nord=another,salon=its-own', 2_000)).toEqual({
      path: ['api', 'salon', 'typing'],
      headers: { authorization: 'Bearer its-own' },
      body: { phone: GROUP, isGroup: true, isLid: false, value: true },
    });
    expect(wppconnectSender.reply({ ...target, account: null }, { text: 'Есть' }, 't')).toBeNull();
    expect(wppconnectSender.reply(target, { text: 'Есть' }, 'nord=another')).toBeNull();
  });

  it('may be a file by its address', () => {
    const media = { type: 'document', url: 'https://salon.example/a/plan.pdf?x=1' } as const;
    expect(wppconnectSender.reply(target, { text: 'План', media }, 't')).toMatchObject({
      path: ['api', 'salon', 'send-file'],
      body: { path: media.url, filename: 'plan.pdf', caption: 'План' },
    });
  });

  it.each([
    ['without a connection', 404, { status: 'Disconnected' }, 'unsent'],
    ['with an address at fault', 404, {}, 'refused'],
    ['with a number that it did not find, and to which it sends', 400, { status: 'Connected' }, 'unknown'],
    ['with another’s token', 401, { error: 'Check that the Session and Token are correct' }, 'refused'],
    ['at a loss', 500, { status: 'Error' }, 'unknown'],
    ['behind a proxy', 502, {}, 'unknown'],
    ['unavailable', 503, {}, 'unsent'],
  ])('fails %s', (_, status, json, kind) => {
    expect(wppconnectSender.failure({ status, json }).kind).toBe(kind);
  });

  it('is known by the id of what was sent', () => {
    const sent = (id: unknown): string | null =>
      wppconnectSender.sentId({ status: 'success', response: [{ id }] });
    expect([sent(`true_${CHAT}_3EB0A3_out`), sent({ id: '3EB0A3', _serialized: null })]).toEqual([
      ...['3EB0A3', '3EB0A3'],
    ]);
    expect(wppconnectSender.sentId({ response: null })).toBeNull();
  });
});
