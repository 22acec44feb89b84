import { GatewayStage, type Result, resultsOf } from '../support/gateway-stage';

const PHONE = '79000000001';
const JPEG =
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8Q';
const LONG_URL = `https://bucket.example/audio.ogg?X-Amz-Security-Token=${'IQoJb3JpZ2luX2Vj'.repeat(200)}`;

/** What forwarders post, to either of the routes that take it. */
describe.each(['/webhook/venom', '/webhook/whatsapp/batched', '/webhook/whatsapp'])('%s', (path) => {
  let stage: GatewayStage;

  beforeAll(async () => {
    stage = await GatewayStage.start();
  });
  beforeEach(() => stage.forgetAll());
  afterAll(() => stage.stop());

  const post = (body: unknown): ReturnType<GatewayStage['postSigned']> =>
    stage.postSigned('venom', JSON.stringify(body), path);

  async function stored(body: unknown): Promise<Awaited<ReturnType<GatewayStage['storedIn']>>> {
    const answer = await post(body);
    expect(answer.status).toBe(200);
    return stage.storedIn((resultsOf(answer)[0] as Result).conversationId);
  }

  describe('a file is never the customer’s words', () => {
    const from = `${PHONE}@c.us`;
    const card = `BEGIN:VCARD\nFN:Bari\nPHOTO;BASE64:${JPEG.repeat(60)}\nTEL:+1 555\nEND:VCARD`;
    it.each([
      [
        'a place, as the README’s forwarder sends it',
        { type: 'location', body: JPEG, isMedia: false },
        'location',
      ],
      ['a place without a flag', { type: 'location', body: JPEG, lat: 55.75, lng: 37.61 }, 'location'],
      ['a card', { type: 'vcard', body: card, isMedia: false }, 'contacts'],
      ['a card without a flag', { type: 'vcard', body: card }, 'contacts'],
      ['a picture without a flag', { type: 'image', body: JPEG }, 'image'],
      ['a sticker, flagged in words', { type: 'sticker', body: JPEG, isMedia: 'true' }, 'sticker'],
      [
        'a document',
        { type: 'document', body: JPEG, isMedia: true, mimetype: 'application/pdf' },
        'document',
      ],
      ['a voice note', { type: 'ptt', body: `T2dnUw${JPEG.slice(4)}` }, 'voice'],
      ['a picture by its flag alone', { isMedia: true, mimetype: 'image/jpeg', body: JPEG }, 'image'],
      ['a picture of no type', { body: JPEG }, 'image'],
      ['a picture of an unknown type', { type: 'foto', body: JPEG }, 'image'],
      ['a file of no type', { body: 'a1B2'.repeat(400) }, 'document'],
      ['a card of no type', { body: card }, 'contacts'],
    ])('%s', async (_, fields, type) => {
      const [message] = await stored({ from, id: 'm-1', timestamp: 1763700001, ...fields });
      expect(message).toMatchObject({ text: '', type, media: { type } });
      expect(JSON.stringify(message)).not.toMatch(/AAQSkZJRg|a1B2a1B2/);
    });

    it.each([
      ['a text that looks like one', { type: 'chat', body: JPEG }, JPEG],
      ['long laughter', { body: 'k'.repeat(300) }, 'k'.repeat(300)],
      ['a caption next to one', { type: 'image', body: JPEG, isMedia: true, caption: 'this' }, 'this'],
      ['the contract’s text next to one', { type: 'image', isMedia: true, message: 'this' }, 'this'],
    ])('%s stays text', async (_, fields, text) => {
      expect(await stored({ from, id: 'm-1', ...fields })).toMatchObject([{ text }]);
    });

    it('a place and a card are handed on as such', async () => {
      const place = await stored({ from, id: 'm-1', type: 'location', body: JPEG, lat: 55.75, lng: 37.61 });
      expect(place[0]?.metadata).toMatchObject({ location: { latitude: 55.75, longitude: 37.61 } });
      const [, second] = await stored({ from, id: 'm-2', type: 'vcard', body: card });
      expect(JSON.stringify(second?.metadata.contacts)).toContain('TEL:+1 555');
    });
  });

  describe('a phone is who it is, however it is written', () => {
    it.each([
      ['bidirectional marks', `\u202d+7 900 000-00-01\u202c`],
      ['a mark in front', `\u200e${PHONE}`],
      ['marks inside, and a hard space', '+7\u00a0900\u200b000\u00ad00\u206001'],
      ['marks around an id', `\u2066${PHONE}@c.us\u2069`],
      ['00 for the plus', `00${PHONE}`],
      ['a number', Number(PHONE)],
      ['a number of a spreadsheet', `${PHONE}.0`],
    ])('%s', async (_, phone) => {
      const answer = await post({ phone, message: 'hi', messageId: 'm-1' });
      expect(resultsOf(answer)).toMatchObject([{ conversationId: PHONE }]);
      const [message] = await stage.storedIn(PHONE);
      expect(message).toMatchObject({ text: 'hi', messageId: 'm-1' });
      expect(message?.source.chatId).not.toMatch(/[\u200b-\u206f\u00ad]/);
    });
  });

  describe('a well-meant forwarder’s field is read as it was meant', () => {
    const message = { phone: PHONE, message: 'hi', messageId: 'm-1' };
    const blanks = { timestamp: '', type: ' ', media: '', companyId: '', metadata: '' };
    it.each([
      ['blank fields', { ...message, ...blanks }, { text: 'hi', media: null, companyId: null }],
      [
        'no fields',
        { ...message, type: null, media: null, companyId: null, metadata: null, timestamp: null },
        {},
      ],
      ['a company that a template left out', { ...message, companyId: 'undefined' }, { companyId: null }],
      ['a company that was never filled in', { ...message, companyId: '{{companyId}}' }, { companyId: null }],
      ['an empty list of media', { ...message, media: [] }, { media: null }],
      [
        'empty media',
        { ...message, media: { url: '', mimeType: '', size: 0 } },
        { media: null, type: 'text' },
      ],
      ['a number for a text', { ...message, message: 1 }, { text: '1' }],
      ['a number for an id', { ...message, messageId: 5512345 }, { messageId: '5512345' }],
      ['a mime type for a type', { ...message, type: 'image/jpeg' }, { text: 'hi', type: 'image' }],
      [
        'a size as text',
        { ...message, media: { url: 'https://x.example/1.jpg', size: '84211' } },
        { text: 'hi', media: { size: 84211 } },
      ],
      [
        'a size that is none',
        { ...message, media: { url: 'https://x.example/1', size: -1 } },
        { text: 'hi' },
      ],
      [
        'a signed address',
        { ...message, type: 'audio', media: { url: LONG_URL } },
        { media: { url: LONG_URL } },
      ],
      [
        'an address for the media',
        { ...message, media: 'https://x.example/1' },
        { media: { url: 'https://x.example/1' } },
      ],
      ...[1795900000, 1795900000_000, 1795900000_000_000, '1795900000000000000'].map(
        (timestamp) => [`${timestamp}`, { ...message, timestamp }, {}] as const,
      ),
    ])('%s', async (_, body, wanted) => {
      expect(await stored(body)).toMatchObject([{ messageId: 'm-1', ...wanted }]);
    });

    it.each([1763700001, 1763700001_000, 1763700001_000_000, '1763700001000000000', '2025-11-21T04:40:01Z'])(
      'one moment, written as %s',
      async (timestamp) => {
        expect(await stored({ ...message, timestamp })).toMatchObject([{ timestamp: 1763700001_000 }]);
      },
    );

    it('a list without an object around it', async () => {
      const answer = await post([message, { ...message, message: 'again', messageId: 'm-2' }]);
      expect(resultsOf(answer)).toHaveLength(2);
      expect((await stage.storedIn(PHONE)).map(({ text }) => text)).toEqual(['hi', 'again']);
    });
  });

  it.each([true, 'true', 'True', 1, '1'])(
    'what the business wrote itself is no message: fromMe %p',
    async (fromMe) => {
      const [result] = resultsOf(await post({ from: `${PHONE}@c.us`, body: 'my own', id: 'm-1', fromMe }));
      expect(result).toMatchObject({ outcome: 'ignored' });
      await post({ from: '79007654321@c.us', to: `${PHONE}@c.us`, body: 'my own', id: 'm-2', fromMe });
      expect(await stage.conversations()).toEqual([]);
    },
  );

  it.each([false, 'false', 0, null, ''])('what the customer wrote is one: fromMe %p', async (fromMe) => {
    expect(await stored({ from: `${PHONE}@c.us`, body: 'hi', id: 'm-1', fromMe })).toHaveLength(1);
  });
});

describe('bytes that are not UTF-8', () => {
  it('are not stored with their letters lost', async () => {
    const stage = await GatewayStage.start();
    const body = Buffer.from('{"from":"5511900000002@c.us","body":"não sei","id":"m-1"}', 'latin1');
    const answer = await stage.postSigned('venom', body);
    expect(answer).toMatchObject({ status: 200, body: { results: [] } });
    expect(await stage.conversations()).toEqual([]);
    expect(await stage.system.redis.xrange('rapid-fire-unreadable', '-', '+')).toMatchObject([
      [expect.any(String), expect.arrayContaining([expect.stringContaining('not-utf-8')])],
    ]);
    await stage.stop();
  });
});
