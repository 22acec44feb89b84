import { validateEnvironment } from '@app/config';
import { WHATSAPP } from '@app/replies';
import type { GatewayEvent } from '../gateway-event';
import type { ReplyTarget } from '../sender';
import { twilio } from './twilio.gateway';
import { twilioSender } from './twilio.sender';
import { twilioSettings } from './twilio.settings';

const MESSAGE = {
  MessageSid: 'SM1',
  AccountSid: 'AC0',
  From: 'whatsapp:+79001234567',
  To: 'whatsapp:+15550783881',
  WaId: '79001234567',
  ProfileName: 'Анна',
  NumMedia: '0',
};

function read(fields: Record<string, unknown>): GatewayEvent | undefined {
  return twilio.read({ ...MESSAGE, ...fields })[0];
}

describe('parties', () => {
  it('on WhatsApp are a phone and the number that was written to', () => {
    expect(read({ Body: 'да' })).toMatchObject({
      ...{ customer: '79001234567', chatId: 'whatsapp:+79001234567', account: '15550783881' },
      ...{ senderName: 'Анна', timestampMs: null, text: 'да' },
    });
  });

  it('with a username are one person, once the phone is shown', () => {
    const bsuid = { From: 'whatsapp:RU.13491208655302741918', ExternalUserId: 'RU.13491208655302741918' };
    expect(read({ ...bsuid, Body: 'да' })).toMatchObject({
      ...{ customer: '79001234567', chatId: 'whatsapp:RU.13491208655302741918' },
      aliases: [{ alias: 'wa-bsuid:RU.13491208655302741918', phone: '79001234567' }],
    });
  });

  it('by SMS are another conversation, and a short code is an account as it is', () => {
    expect(read({ From: '+79001234567', To: '71234', WaId: undefined, Body: 'да' })).toMatchObject({
      ...{ customer: 'sms:79001234567', chatId: '+79001234567', account: '71234' },
    });
  });

  it.each(['SALON', 'messenger:1', '', undefined])('are not known by %j', (From) => {
    expect(read({ From, Body: 'да' })).toMatchObject({ kind: 'ignored', reason: 'invalid-customer' });
  });
});

describe('content', () => {
  it('may be several files, the words under the first', () => {
    const files = { NumMedia: '2', MediaContentType0: 'image/jpeg', MediaUrl0: 'https://api.twilio.com/0' };
    const more = { MediaContentType1: 'application/pdf', MediaUrl1: 'https://api.twilio.com/1' };
    expect(read({ ...files, ...more, Body: 'вот' })).toMatchObject({
      ...{ type: 'image', text: 'вот' },
      media: [
        { type: 'image', url: 'https://api.twilio.com/0', mimeType: 'image/jpeg', caption: 'вот' },
        { type: 'document', url: 'https://api.twilio.com/1', mimeType: 'application/pdf' },
      ],
    });
  });

  it.each([
    ['text/vcard', undefined, 'contacts'],
    ['image/webp', 'sticker', 'sticker'],
    ['audio/ogg', 'audio', 'audio'],
    ['video/mp4', 'video', 'video'],
  ])('of %s as %s is %s', (MediaContentType0, MessageType, type) => {
    expect(read({ MediaContentType0, MediaUrl0: 'https://api.twilio.com/0', MessageType })).toMatchObject({
      ...{ type, text: '', media: [{ type }] },
    });
  });

  it('of a place is its coordinates', () => {
    expect(read({ Latitude: '55.75', Longitude: '37.61', Label: 'Кафе', Body: 'Кафе' })).toMatchObject({
      ...{ type: 'location', text: '' },
      metadata: { location: { latitude: '55.75', longitude: '37.61', name: 'Кафе' } },
    });
  });

  it.each([
    ['a button', { ButtonText: 'Да', ButtonPayload: 'y', Body: 'Да' }, 'Да', 'y'],
    ['a row', { ListTitle: '15:00', ListId: 'slot', Body: '15:00' }, '15:00', 'slot'],
    ['a button without a title', { ButtonPayload: 'y' }, 'y', 'y'],
    ['a form', { InteractiveData: '{"day":"пятница"}', Body: 'Sent' }, 'day: пятница', null],
  ])('may be a choice: %s', (_, fields, text, buttonId) => {
    expect(read({ ...fields, OriginalRepliedMessageSid: 'MM9' })).toMatchObject({
      ...{ kind: 'message', text, buttonId, quotedId: 'MM9' },
    });
  });

  it('that says nothing is empty, or cannot be shown', () => {
    expect(read({ Body: '', MessageType: 'text' })).toMatchObject({ kind: 'ignored', reason: 'empty' });
    expect(read({ Body: '', MessageType: 'unsupported' })).toMatchObject({
      ...{ kind: 'unsupported', originalType: 'unsupported' },
    });
  });
});

describe('a report', () => {
  const report = (MessageStatus: string, ErrorCode?: string): GatewayEvent | undefined =>
    read({ From: MESSAGE.To, To: MESSAGE.From, WaId: undefined, MessageStatus, ErrorCode });

  it('is about the customer to whom the message went, and says why it did not', () => {
    expect(report('undelivered', '63016')).toMatchObject({
      ...{ kind: 'status', customer: '79001234567', account: '15550783881', messageId: 'SM1' },
      status: 'failed',
      failure: expect.stringMatching(/^error 63016 of Twilio, more than 24 hours/) as string,
    });
  });

  it.each([
    ['queued', 'pending'],
    ['sent', 'sent'],
    ['read', 'read'],
    ['canceled', 'unknown'],
  ])('%s is %s', (word, status) => expect(report(word)).toMatchObject({ status, failure: null }));
});

it.each([null, [], {}, { EventType: 'onMessageAdded' }, 'a'])('%j is no post of a message', (payload) => {
  expect(twilio.read(payload)).toMatchObject([{ kind: 'ignored', reason: 'malformed' }]);
});

describe('a reply', () => {
  const target: ReplyTarget = {
    ...{ account: '15550783881', chatId: 'whatsapp:+79001234567', isGroup: false, messageId: 'SM1' },
  };
  const bySms = { ...target, chatId: '+79001234567' };
  const TOKEN = 'AC0:auth-token';

  it('is a form, from the number that was written to', () => {
    expect(twilioSender.reply(target, { text: 'Есть!' }, TOKEN)).toEqual({
      path: ['2010-04-01', 'Accounts', 'AC0', 'Messages.json'],
      headers: { authorization: `Basic ${Buffer.from(TOKEN).toString('base64')}` },
      bodyFormat: 'form',
      body: { To: 'whatsapp:+79001234567', From: 'whatsapp:+15550783881', Body: 'Есть!' },
    });
    expect(twilioSender.reply(bySms, { text: 'Есть!' }, TOKEN)?.body).toMatchObject({
      ...{ To: '+79001234567', From: '+15550783881' },
    });
    expect(twilioSender.reply({ ...bySms, account: '71234' }, { text: 'a' }, TOKEN)?.body).toMatchObject({
      From: '71234',
    });
    expect(twilioSender.reply({ ...target, account: null }, { text: 'a' }, TOKEN)).toBeNull();
  });

  it('has files and marks on WhatsApp alone', () => {
    const media = { type: 'image', url: 'https://salon.example/p.png' } as const;
    expect(twilioSender.reply(target, { text: '', media }, TOKEN)?.body).toEqual({
      ...{ To: 'whatsapp:+79001234567', From: 'whatsapp:+15550783881', MediaUrl: media.url },
    });
    expect(twilioSender.channelOf?.(target)).toMatchObject({
      ...{ text: { maxLength: 1_600, notation: WHATSAPP }, media: { maxCaption: 1_024 } },
    });
    expect(twilioSender.channelOf?.(bySms)).not.toHaveProperty('media');
  });

  it('is announced on WhatsApp alone, by the message that it answers', () => {
    expect(twilioSender.typing(target, TOKEN, 1)).toMatchObject({
      ...{ path: ['v2', 'Indicators', 'Typing.json'], body: { channel: 'whatsapp', messageId: 'SM1' } },
    });
    expect(twilioSender.typing(bySms, TOKEN, 1)).toBeNull();
    expect(twilioSender.typing({ ...target, messageId: null }, TOKEN, 1)).toBeNull();
  });

  it.each([
    [400, { code: 21610 }, 'refused'],
    [400, { code: 63018 }, 'unsent'],
    [429, { code: 20429 }, 'unsent'],
    [401, { code: 20003 }, 'refused'],
    [500, { code: 20500 }, 'unknown'],
    [503, {}, 'unknown'],
  ])('answered with %d and %j is %s', (status, json, kind) => {
    expect(twilioSender.failure({ status, json }).kind).toBe(kind);
  });

  it('is known by its SID', () => expect(twilioSender.sentId({ sid: 'SM2' })).toBe('SM2'));
});

it('the settings make one token of both halves', () => {
  const shaped = (env: Record<string, string>): unknown =>
    twilioSettings.shape(validateEnvironment(twilioSettings, env));
  expect(shaped({ TWILIO_AUTH_TOKEN: 'new-token,old-token', TWILIO_ACCOUNT_SID: 'AC0' })).toEqual({
    secrets: ['new-token', 'old-token'],
    sender: {
      ...{ url: 'https://api.twilio.com', typingUrl: 'https://messaging.twilio.com' },
      token: 'AC0:new-token',
    },
  });
  expect(shaped({ TWILIO_AUTH_TOKEN: 'new-token' })).toMatchObject({ sender: null });
  expect(() => shaped({ TWILIO_ACCOUNT_SID: 'AC0' })).toThrow('TWILIO_AUTH_TOKEN');
});
