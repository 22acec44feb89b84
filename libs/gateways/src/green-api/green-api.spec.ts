import type { GatewayEvent } from '../gateway-event';
import { greenApi } from './green-api.gateway';

const CHAT = '79001234567@c.us';
const ANNA = { chatId: CHAT, sender: CHAT, chatName: 'Анна', senderName: 'Анна', senderContactName: '' };

/** Only the part that a test is about. */
function read(messageData: object, changed: object = {}): GatewayEvent | undefined {
  const notification = {
    ...{ typeWebhook: 'incomingMessageReceived', timestamp: 1763700001, idMessage: '3A01' },
    instanceData: { idInstance: 1101000001, wid: '79007654321@c.us', typeInstance: 'whatsapp' },
    ...{ senderData: ANNA, messageData, ...changed },
  };
  return greenApi.read(notification)[0];
}

const on = (typeInstance: string, senderData: object): object => ({
  instanceData: { idInstance: 3100000001, wid: '79007654321@c.us', typeInstance },
  senderData,
});
const text = (textMessage: string): object => ({
  typeMessage: 'textMessage',
  textMessageData: { textMessage },
});
const file = (typeMessage: string, fileMessageData: object): object => ({ typeMessage, fileMessageData });

describe('content', () => {
  it.each([
    ['imageMessage', 'image/jpeg', 'image'],
    ['videoMessage', 'video/mp4', 'video'],
    ['documentMessage', 'application/pdf', 'document'],
    ['stickerMessage', 'image/webp', 'sticker'],
    ['someNewMessage', 'audio/ogg', 'audio'],
  ])('of %s is a file with its caption', (typeMessage, mimeType, type) => {
    const sent = { downloadUrl: 'https://f.example.test/1', caption: 'вот', fileName: 'a', mimeType };
    expect(read(file(typeMessage, { ...sent, jpegThumbnail: '/9j/4AAQ' }))).toMatchObject({
      ...{ kind: 'message', type, text: 'вот' },
      media: [{ type, url: 'https://f.example.test/1', filename: 'a', mimeType, caption: 'вот' }],
    });
  });

  it('of a file that is too large to be fetched has no address', () => {
    const event = read(file('videoMessage', { downloadUrl: '{{SWE002}}', mimeType: 'video/mp4' }));
    expect(event).toMatchObject({ kind: 'message', media: [{ type: 'video', mimeType: 'video/mp4' }] });
    expect(JSON.stringify(event)).not.toContain('SWE002');
  });

  it.each(['{{SWE001}}', ' {{SWE003}} '])('%s stands for what could not be read', (marker) => {
    expect(read(text(marker))).toMatchObject({
      kind: 'unsupported',
      originalType: expect.stringMatching(/^SWE00\d$/) as string,
    });
  });

  it('may be a place, cards, a poll, an invitation', () => {
    const place = { latitude: 55.75, longitude: 37.61, nameLocation: 'Салон', address: '' };
    expect(read({ typeMessage: 'locationMessage', locationMessageData: place })).toMatchObject({
      ...{ type: 'location', text: '', metadata: { location: { latitude: 55.75, name: 'Салон' } } },
    });
    const card = { displayName: 'Пётр', vcard: 'BEGIN:VCARD\nEND:VCARD' };
    for (const data of [
      { typeMessage: 'contactMessage', contactMessageData: card },
      { typeMessage: 'contactsArrayMessage', messageData: { contacts: [card] } },
      { typeMessage: 'contactsArrayMessage', contacts: [card] },
    ])
      expect(read(data)).toMatchObject({ type: 'contacts', metadata: { contacts: [card] } });
    const poll = { name: 'Когда?', options: [{ optionName: 'пт' }, { optionName: 'сб' }] };
    expect(read({ typeMessage: 'pollMessage', pollMessageData: poll })).toMatchObject({
      ...{ text: 'Когда?', metadata: { poll: { name: 'Когда?', options: ['пт', 'сб'] } } },
    });
    const invited = (groupInviteMessageData: object): GatewayEvent | undefined =>
      read({ typeMessage: 'groupInviteMessage', groupInviteMessageData });
    expect(invited({ caption: 'Вступайте', groupName: 'Салон' })).toMatchObject({ text: 'Вступайте' });
    expect(invited({ caption: '', groupName: 'Салон' })).toMatchObject({ text: 'Салон' });
    const interactiveButtons = { titleText: 'Акция', contentText: 'Записаться?', buttons: [] };
    expect(read({ typeMessage: 'interactiveButtons', interactiveButtons })).toMatchObject({
      text: 'Записаться?',
    });
  });

  it('never is what somebody else has said: a quotation beside a file', () => {
    const quotedMessage = { stanzaId: 'BAE5', typeMessage: 'textMessage', textMessage: 'чужое' };
    const sent = file('imageMessage', { downloadUrl: 'https://f.example.test/1', mimeType: 'image/png' });
    const event = read({ ...sent, quotedMessage: { ...quotedMessage, isForwarded: true } });
    expect(event).toMatchObject({ text: '', quotedId: 'BAE5', forwarded: false });
  });

  it('of a type that is not known is unsupported; without words it is empty', () => {
    expect(read({ typeMessage: 'somethingNew' })).toMatchObject({
      ...{ kind: 'unsupported', originalType: 'somethingNew' },
    });
    expect(read(text(' '))).toMatchObject({ kind: 'ignored', reason: 'empty' });
  });
});

describe('a press', () => {
  it.each([
    [
      'templateButtonsReplyMessage',
      'templateButtonReplyMessage',
      { selectedId: 's1', selectedDisplayText: '15:00' },
    ],
    ['listResponseMessage', 'listResponseMessage', { title: '15:00', singleSelectReply: 's1' }],
    [
      'listResponseMessage',
      'listResponseMessage',
      { title: '15:00', singleSelectReply: { selectedRowId: 's1' } },
    ],
  ])('of %s has a title, an id and what it answers', (typeMessage, name, pressed) => {
    expect(read({ typeMessage, [name]: { stanzaId: 'BAE5', ...pressed } })).toMatchObject({
      ...{ kind: 'message', text: '15:00', buttonId: 's1', quotedId: 'BAE5' },
    });
  });
});

describe('what changes another message', () => {
  it('has an edited caption as its words, and none that could not be read', () => {
    const edited = (editedMessageData: object): GatewayEvent | undefined =>
      read({ typeMessage: 'editedMessage', editedMessageData });
    expect(edited({ caption: 'новое', stanzaId: '3A00' })).toMatchObject({ text: 'новое', targetId: '3A00' });
    expect(edited({ textMessage: '{{SWE001}}', stanzaId: '3A00' })).toMatchObject({ text: null });
    expect(edited({ textMessage: 'а' })).toMatchObject({ kind: 'ignored', reason: 'malformed' });
  });

  it('is found by its target alone, if an own deletion names no chat', () => {
    const deletion = { typeMessage: 'deletedMessage', deletedMessageData: { stanzaId: 'BAE5' } };
    expect(read(deletion, { typeWebhook: 'outgoingMessageReceived', senderData: undefined })).toMatchObject({
      ...{ kind: 'revoke', customer: null, targetId: 'BAE5', fromMe: true, account: '1101000001' },
    });
  });

  it('may be a reaction, or its removal', () => {
    const reaction = (emoji: string): object => ({
      ...{ typeMessage: 'reactionMessage', extendedTextMessageData: { text: emoji } },
      quotedMessage: { stanzaId: 'BAE5' },
    });
    for (const emoji of ['👍', ''])
      expect(read(reaction(emoji))).toMatchObject({ kind: 'reaction', text: emoji, targetId: 'BAE5' });
  });
});

describe('people', () => {
  it.each([
    ['v3', { chatId: '10000077', sender: '10000077', senderPhoneNumber: 79001234567 }, 'max:10000077'],
    ['max', { chatId: '10000077', sender: '10000077', senderPhoneNumber: 79001234567 }, 'max:10000077'],
    ['telegram', { chatId: '10000077', sender: '10000077', senderPhoneNumber: '79001234567' }, 'tg:10000077'],
  ])('on %s show their phone, which is not who they are', (typeInstance, senderData, customer) => {
    expect(read(text('а'), on(typeInstance, senderData))).toMatchObject({ customer, phone: '79001234567' });
    const hidden = { ...senderData, senderPhoneNumber: 0 };
    expect(read(text('а'), on(typeInstance, hidden))).not.toHaveProperty('phone');
  });

  it('of WhatsApp whose phone is hidden in the chat may show it too', () => {
    const lid = { chatId: '241758390126644@lid', sender: '241758390126644@lid' };
    expect(read(text('а'), { senderData: { ...lid, senderPhoneNumber: 79001234567 } })).toMatchObject({
      ...{ customer: 'wa-lid:241758390126644', phone: '79001234567', aliases: [] },
    });
    expect(read(text('а'), { senderData: { ...ANNA, senderPhoneNumber: 79001234567 } })).not.toHaveProperty(
      'phone',
    );
  });

  it('are no bots and no channels', () => {
    const bot = { chatId: '77', sender: '77', senderType: 'bot', chatType: 'user' };
    expect(read(text('а'), on('telegram', bot))).toMatchObject({ reason: 'service' });
    expect(read(text('а'), on('telegram', { ...bot, chatType: 'channel' }))).toMatchObject({
      reason: 'channel',
    });
    expect(read(text('а'), on('telegram', { chatId: 'x' }))).toMatchObject({ reason: 'invalid-customer' });
  });
});

it.each([
  ['sent', 'sent', null],
  ['yellowCard', 'failed', 'the messenger has restricted the instance'],
  ['noAccount', 'failed', 'the customer has no account there'],
])('the status %s of a message of ours is %s', (word, status, failure) => {
  const event = read({}, { typeWebhook: 'outgoingMessageStatus', chatId: CHAT, status: word });
  expect(event).toMatchObject({ kind: 'status', status, failure, customer: '79001234567' });
});

it.each(['stateInstanceChanged', 'incomingCall', 'quotaExceeded', 'constructor'])(
  '%s concerns no conversation',
  (typeWebhook) => {
    expect(read({}, { typeWebhook })).toMatchObject({ kind: 'ignored', reason: 'other-event' });
  },
);

it.each([null, [], {}, { typeWebhook: 'incomingMessageReceived' }, { typeWebhook: 7 }])(
  '%j is no notification that can be read',
  (payload) => {
    expect(greenApi.read(payload)).toMatchObject([{ kind: 'ignored' }]);
  },
);

describe('replies', () => {
  const target = { account: '1101000001', chatId: CHAT, isGroup: false, messageId: null };
  const { sender } = greenApi;

  it('go through the instance that was written to, with its own token', () => {
    const path = (account: string | null, token: string | null): unknown =>
      sender?.reply({ ...target, account }, { text: 'да' }, token)?.path;
    expect(path('1101000001', 'abc')).toEqual(['waInstance1101000001', 'sendMessage', 'abc']);
    expect(path('12', '1=one,12=two,usual')).toEqual(['waInstance12', 'sendMessage', 'two']);
    expect(path('3', '1=one,12=two,usual')).toEqual(['waInstance3', 'sendMessage', 'usual']);
    expect([path('3', '1=one'), path('3', null), path(null, 'abc')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('are as long, and as formatted, as the messenger takes them', () => {
    const rules = (chatId: string): unknown => sender?.channelOf?.({ ...target, chatId }).text;
    expect(rules(CHAT)).toMatchObject({ maxLength: 20_000 });
    expect(rules('10000077')).toMatchObject({ maxLength: 4_000 });
    expect(rules(CHAT)).not.toHaveProperty('notation', (rules('10000077') as { notation: unknown }).notation);
  });

  it('may be a file by its address', () => {
    const media = { type: 'document', url: 'https://f.example.test/a/price.pdf' } as const;
    expect(sender?.reply(target, { text: 'прайс', media }, 'abc')).toMatchObject({
      path: ['waInstance1101000001', 'sendFileByUrl', 'abc'],
      body: { chatId: CHAT, urlFile: media.url, fileName: 'price.pdf', caption: 'прайс' },
    });
  });

  it.each([
    [10_000, 5_000],
    [200, 1_000],
    [2_500.4, 2_500],
  ])('are preceded by typing for %d ms, as long as Green API takes it: %d ms', (forMs, typingTime) => {
    expect(sender?.typing(target, 'abc', forMs)?.body).toEqual({ chatId: CHAT, typingTime });
  });

  it('are known by the id that Green API gives them', () => {
    expect(sender?.sentId({ idMessage: 'BAE5' })).toBe('BAE5');
    expect([466, 429, 500].map((status) => sender?.failure({ status, json: {} }).kind)).toEqual([
      ...['refused', 'unsent', 'unknown'],
    ]);
  });
});
