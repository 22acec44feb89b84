import { authenticate } from '../authentication/authenticate';
import type { GatewayEvent } from '../gateway-event';
import { instagram } from '../instagram/instagram.gateway';
import { messenger } from '../messenger/messenger.gateway';
import type { ReplyTarget } from '../sender';
import { vectorsOf } from '../testing/samples';

const PAGE = { id: '117000000000001' };
const ANNA = { id: '3383000000000001' };
const ITEM = { sender: ANNA, recipient: PAGE, timestamp: 1763700001000 };
const OWN = { ...ITEM, sender: PAGE, recipient: ANNA };

const envelope = (entry: object): object => ({ object: 'page', entry: [{ id: PAGE.id, time: 1, ...entry }] });

function read(said: object, item: object = ITEM): GatewayEvent | undefined {
  return messenger.read(envelope({ messaging: [{ ...item, ...said }] }))[0];
}

const message = (said: object): GatewayEvent | undefined => read({ message: { mid: 'm_1', ...said } });
const attached = (type: string, payload: object = {}, more: object = {}): GatewayEvent | undefined =>
  message({ attachments: [{ type, payload, ...more }] });

describe.each(['messenger', 'instagram'] as const)('%s', (name) => {
  const gateway = { messenger, instagram }[name];

  it.each(vectorsOf(name))('signs the bytes: $valid, $why', ({ body, header, secret, valid }) => {
    const headers = header === null ? {} : { 'X-Hub-Signature-256': header };
    const secrets = { own: ['another-secret', secret], shared: [] };
    const verdict = authenticate(gateway, { rawBody: Buffer.from(body), headers }, secrets, 0);
    expect(verdict).toEqual(
      valid
        ? { accepted: true, by: 'signature' }
        : { accepted: false, reason: header === null ? 'missing' : 'mismatch' },
    );
  });

  it.each([null, [], {}, { object: 'whatsapp_business_account', entry: [] }, { object: 'user', entry: [] }])(
    '%j belongs to another route',
    (payload) => expect(gateway.read(payload)).toMatchObject([{ kind: 'ignored', reason: 'malformed' }]),
  );
});

describe('an envelope', () => {
  it('has any number of pages, and of customers of each', () => {
    const entry = (id: string, senders: string[]): object => ({
      id,
      messaging: senders.map((sender) => ({
        ...ITEM,
        ...{ sender: { id: sender }, recipient: { id }, message: { mid: `${id}-${sender}`, text: 'да' } },
      })),
    });
    const events = messenger.read({ object: 'page', entry: [entry('7', ['1', '2']), entry('8', ['1'])] });
    expect(events.map(({ account, customer }) => [account, customer])).toEqual([
      ['7', 'fb:1'],
      ['7', 'fb:2'],
      ['8', 'fb:1'],
    ]);
  });

  it('may have what another app is told, and what is no message', () => {
    const standby = [{ ...ITEM, message: { mid: 'm_1', text: 'да' } }];
    const changes = [{ field: 'feed', value: { item: 'comment' } }];
    expect(messenger.read(envelope({ standby, changes }))).toMatchObject([
      { kind: 'ignored', reason: 'standby' },
      { kind: 'ignored', reason: 'other-event' },
    ]);
    const said = [{ field: 'messages', value: { ...ITEM, message: { mid: 'm_1', text: 'да' } } }];
    expect(messenger.read(envelope({ changes: said }))).toMatchObject([{ kind: 'message', text: 'да' }]);
    expect(messenger.read(envelope({}))).toMatchObject([{ reason: 'malformed' }]);
    expect(messenger.read(envelope({ messaging: [7, {}] }))).toMatchObject([
      { reason: 'malformed' },
      { reason: 'other-event' },
    ]);
  });

  it.each(['optin', 'referral', 'account_linking', 'pass_thread_control', 'policy_enforcement'])(
    '%s concerns no conversation',
    (name) => expect(read({ [name]: {} })).toMatchObject({ kind: 'ignored', reason: 'other-event' }),
  );

  it('that names nobody has no customer', () => {
    expect(read({ message: { mid: 'm_1', text: 'да' } }, { recipient: PAGE })).toMatchObject({
      ...{ kind: 'ignored', reason: 'invalid-customer', account: PAGE.id },
    });
  });
});

describe('content', () => {
  it.each([
    ['image', { url: 'https://scontent.example.test/x.jpg' }, 'image'],
    ['image', { url: 'https://scontent.example.test/x.png', sticker_id: 369239263222822 }, 'sticker'],
    ['video', { url: 'https://scontent.example.test/x.mp4' }, 'video'],
    ['audio', { url: 'https://scontent.example.test/x.m4a' }, 'audio'],
    ['file', { url: 'https://scontent.example.test/x.pdf' }, 'document'],
    ['ig_reel', { url: 'https://scontent.example.test/x', reel_video_id: '9', title: 'Стрижка' }, 'video'],
    ['story_mention', { url: 'https://scontent.example.test/x' }, 'document'],
  ])('may be %s: %j', (type, payload, media) => {
    expect(attached(type, payload)).toMatchObject({
      ...{ kind: 'message', type: media, text: '', media: [{ type: media, url: payload.url }] },
    });
  });

  it('may be several files with words', () => {
    const attachments = ['1', '2'].map((name) => ({
      type: 'image',
      payload: { url: `https://a.test/${name}` },
    }));
    expect(message({ text: 'вот', attachments })).toMatchObject({
      ...{ type: 'image', text: 'вот', media: [{ url: 'https://a.test/1' }, { url: 'https://a.test/2' }] },
    });
  });

  it('says what a customer has shared, and where they are', () => {
    expect(attached('ig_reel', { reel_video_id: '9', title: 'Стрижка' })).toMatchObject({
      metadata: { shared: { kind: 'ig_reel', id: '9', title: 'Стрижка' } },
    });
    expect(attached('location', { coordinates: { lat: 55.75, long: 37.61 } })).toMatchObject({
      ...{ type: 'location', metadata: { location: { latitude: 55.75, longitude: 37.61 } } },
    });
  });

  it('of a preview is the text, else its title and address', () => {
    const preview = { title: 'Салон', url: 'https://salon.example' };
    expect(attached('fallback', {}, preview)).toMatchObject({
      type: 'text',
      text: 'Салон\nhttps://salon.example',
    });
    const attachments = [{ type: 'fallback', ...preview }];
    expect(message({ text: 'https://salon.example', attachments })).toMatchObject({
      ...{ text: 'https://salon.example', media: [] },
    });
  });

  it('may answer a story, which is no message', () => {
    const story = { id: '17', url: 'https://lookaside.example.test/story.jpg' };
    expect(message({ text: 'сколько?', reply_to: { story } })).toMatchObject({
      ...{ quotedId: null, metadata: { story } },
    });
  });

  it('that cannot be shown is unsupported, and nothing at all is empty', () => {
    expect(message({ is_unsupported: true })).toMatchObject({ kind: 'unsupported' });
    expect(message({ is_unsupported: true, text: 'да' })).toMatchObject({ kind: 'message', text: 'да' });
    expect(attached('something-new')).toMatchObject({ kind: 'unsupported', originalType: 'something-new' });
    expect(message({})).toMatchObject({ kind: 'ignored', reason: 'empty' });
  });

  it('may be a press without a title', () => {
    expect(read({ postback: { mid: 'm_1', payload: 'START' } })).toMatchObject({
      ...{ kind: 'message', text: 'START', buttonId: 'START', messageId: 'm_1' },
    });
  });
});

describe('own messages', () => {
  const echo = (said: object): GatewayEvent | undefined =>
    read({ message: { mid: 'm_9', is_echo: true, text: 'да', ...said } }, OWN);

  it.each([
    ['in the inbox, by a person', { app_id: 263902037430900 }, false],
    ['in Instagram’s inbox', { app_id: '1217981644879628' }, false],
    ['by an app', { app_id: 1517776481860111 }, true],
    ['by nobody who is named', {}, true],
  ])('were written %s', (_, said, viaApi) => {
    expect(echo(said)).toMatchObject({
      ...{ kind: 'echo', customer: 'fb:3383000000000001', account: PAGE.id, viaApi, messageId: 'm_9' },
    });
  });

  it('are taken back by us', () => {
    expect(echo({ is_deleted: true })).toMatchObject({ kind: 'revoke', targetId: 'm_9', fromMe: true });
  });
});

describe('what acts on a message', () => {
  it('names it, or cannot be read', () => {
    for (const said of [{ message: { is_deleted: true } }, { message_edit: { text: 'да' } }])
      expect(read(said)).toMatchObject({ kind: 'ignored', reason: 'malformed', fields: ['mid'] });
  });

  it('may take a reaction away', () => {
    expect(read({ reaction: { mid: 'm_0', action: 'unreact' } })).toMatchObject({
      kind: 'reaction',
      text: '',
    });
  });

  it('may be a receipt: of several, of one, or of none by name', () => {
    const delivery = { mids: ['m_1', 'm_2'], watermark: 1 };
    expect(messenger.read(envelope({ messaging: [{ ...ITEM, delivery }] }))).toMatchObject([
      { kind: 'status', status: 'delivered', messageId: 'm_1' },
      { kind: 'status', status: 'delivered', messageId: 'm_2' },
    ]);
    expect(read({ read: { mid: 'm_1' } })).toMatchObject({
      kind: 'status',
      status: 'read',
      messageId: 'm_1',
    });
    expect(read({ read: { watermark: 1 } })).toMatchObject({ kind: 'ignored', reason: 'other-event' });
  });
});

describe('a reply', () => {
  const target: ReplyTarget = {
    ...{ account: PAGE.id, chatId: ANNA.id, isGroup: false, messageId: 'm_1' },
  };
  const document = { type: 'document', url: 'https://salon.example/p.pdf' } as const;

  it('is a message of the page to the customer', () => {
    const buttons = [{ id: 'y', text: 'Да' }];
    expect(messenger.sender?.reply(target, { text: 'Да?', buttons }, 't')).toEqual({
      path: [PAGE.id, 'messages'],
      headers: { authorization: 'Bearer t' },
      body: {
        recipient: ANNA,
        messaging_type: 'RESPONSE',
        message: { text: 'Да?', quick_replies: [{ content_type: 'text', title: 'Да', payload: 'y' }] },
      },
    });
    expect(messenger.sender?.reply({ ...target, account: null }, { text: 'a' }, 't')).toBeNull();
    expect(messenger.sender?.typing(target, 't', 1)?.body).toEqual({
      ...{ recipient: ANNA, sender_action: 'typing_on' },
    });
    expect(messenger.sender?.sentId({ recipient_id: ANNA.id, message_id: 'm_2' })).toBe('m_2');
  });

  it('is a file by its address; Instagram takes no documents', () => {
    expect(messenger.sender?.reply(target, { text: '', media: document }, 't')?.body).toMatchObject({
      message: { attachment: { type: 'file', payload: { url: document.url } } },
    });
    expect(instagram.sender?.reply(target, { text: '', media: document }, 't')?.body).toMatchObject({
      message: { text: document.url },
    });
  });

  it.each([
    [400, { code: 10, error_subcode: 2018278 }, 'refused', 'error 2018278 of Meta, more than 24 hours'],
    [400, { code: 100, error_subcode: 999 }, 'refused', 'error 100 of Meta, a field is wrong'],
    [400, { code: 613 }, 'unsent', 'error 613 of Meta, too many messages'],
    [400, { code: 999 }, 'refused', 'error 999 of Meta'],
    [500, { code: 1200 }, 'unsent', 'error 1200 of Meta'],
  ])('answered with %d and %j is %s', (status, error, kind, why) => {
    expect(messenger.sender?.failure({ status, json: { error } })).toEqual({
      ...{ kind, why: expect.stringContaining(why) as string },
    });
  });
});
