import { GatewayStage, type Result, resultsOf } from '../support/gateway-stage';

const PHONE = '79000000001';
const AT = 1763700001;

let lastId = 0;
const newId = (): string => `3EB0${String((lastId += 1)).padStart(12, '0')}`;

/** A message of WAHA's. */
function waha(payload: Record<string, unknown>, engine = 'WEBJS'): string {
  const own = { id: `false_${PHONE}@c.us_${newId()}`, timestamp: AT, from: `${PHONE}@c.us`, fromMe: false };
  return JSON.stringify({ event: 'message', session: 'default', engine, payload: { ...own, ...payload } });
}

/** A message of Evolution's. */
function evolution(message: Record<string, unknown> | undefined, key: Record<string, unknown> = {}): string {
  const messageType = Object.keys(message ?? {})[0];
  const whole = { remoteJid: `${PHONE}@s.whatsapp.net`, fromMe: false, id: newId(), ...key };
  const data = { key: whole, messageTimestamp: AT, message, messageType };
  return JSON.stringify({ event: 'messages.upsert', instance: 'salon', data });
}

/** What Meta holds of one message, inside its envelopes. */
function metaValue(message: Record<string, unknown>): Record<string, unknown> {
  const contacts = [{ profile: { name: 'Ana' }, wa_id: PHONE }];
  const messages = [{ from: PHONE, id: newId(), timestamp: String(AT), ...message }];
  return { messaging_product: 'whatsapp', metadata: { phone_number_id: '1' }, contacts, messages };
}

describe('what is hardly a message', () => {
  let stage: GatewayStage;

  beforeAll(async () => {
    stage = await GatewayStage.start();
  });
  beforeEach(() => stage.forgetAll());
  afterAll(() => stage.stop());

  async function resultOf(gateway: string, body: string): Promise<Result | undefined> {
    const answer = await stage.postSigned(gateway, body);
    expect(answer.status).toBe(200);
    return resultsOf(answer)[0];
  }

  async function keptAsUnreadable(): Promise<number> {
    return stage.system.redis.xlen('rapid-fire-unreadable');
  }

  describe('a notice is left alone, and is nothing that an operator must see', () => {
    it.each([
      ['an album of WEBJS', 'waha', waha({ body: '', hasMedia: false, _data: { type: 'album' } })],
      ['a change of keys of WEBJS', 'waha', waha({ body: '', _data: { type: 'e2e_notification' } })],
      [
        'an album of GOWS',
        'waha',
        waha({ _data: { Message: { albumMessage: { expectedImageCount: 2 } } } }, 'GOWS'),
      ],
      ['an album of Evolution', 'evolution', evolution({ albumMessage: { expectedImageCount: 2 } })],
      ...['album', 'keep_in_chat', 'e2e_notification'].map((type) => [
        `${type} of Venom`,
        'venom',
        JSON.stringify({
          id: `false_${PHONE}@c.us_${newId()}`,
          type,
          t: AT,
          from: `${PHONE}@c.us`,
          body: '',
        }),
      ]),
    ] as [string, string, string][])('%s', async (_, gateway, body) => {
      expect(await resultOf(gateway, body)).toMatchObject({ kind: 'ignored', reason: 'protocol' });
      expect(await keptAsUnreadable()).toBe(0);
    });
  });

  it.each([
    ['an assistant of Meta’s', '867051314767696@bot'],
    ['WhatsApp itself', '0@s.whatsapp.net'],
  ])('%s is no customer’s conversation, and nothing that an operator must see', async (_, chat) => {
    for (const [gateway, body] of [
      ['evolution', evolution({ conversation: 'Your code' }, { remoteJid: chat })],
      ['waha', waha({ id: `false_${chat}_${newId()}`, from: chat, body: 'Your code' })],
      ['venom', JSON.stringify({ from: chat, id: `false_${chat}_${newId()}`, body: 'Your code' })],
    ] as const)
      expect(await resultOf(gateway, body)).toMatchObject({ outcome: 'ignored', reason: 'service' });
    expect(await keptAsUnreadable()).toBe(0);
  });

  it('a person behind an id of WhatsApp’s own is who another spelling names', async () => {
    const alt = { remoteJid: '0@s.whatsapp.net', remoteJidAlt: `${PHONE}@s.whatsapp.net` };
    expect(await resultOf('evolution', evolution({ conversation: 'hi' }, alt))).toMatchObject({
      outcome: 'opened',
      conversationId: `salon:${PHONE}`,
    });
  });

  it.each([
    [
      'waha',
      waha({ body: null, hasMedia: false, _data: { key: { id: newId(), isViewOnce: true } } }, 'NOWEB'),
    ],
    ['evolution', evolution(undefined, { isViewOnce: true })],
  ])('what may be seen once is something that %s cannot show', async (gateway, body) => {
    expect(await resultOf(gateway, body)).toMatchObject({ kind: 'unsupported', reason: 'not-acted-on' });
  });

  it.each(['true', 'True', 1, '1', 'Y', 'on'])(
    'what the business wrote itself is no message: fromMe %p',
    async (fromMe) => {
      const own = { body: 'my own', fromMe, id: newId(), to: `${PHONE}@c.us` };
      for (const [gateway, body] of [
        ['evolution', evolution({ conversation: 'my own' }, { fromMe })],
        ['waha', waha(own)],
        [
          'waha',
          waha({ body: 'my own', id: { fromMe, id: newId(), remote: `${PHONE}@c.us` }, fromMe: null }),
        ],
      ] as const)
        expect(await resultOf(gateway, body)).toMatchObject({ kind: 'echo', outcome: 'ignored' });
      expect(await stage.conversations()).toEqual([]);
    },
  );

  it('what comes decrypted later is no duplicate of its stub', async () => {
    const id = newId();
    expect(await resultOf('evolution', evolution(undefined, { id }))).toMatchObject({ reason: 'empty' });
    expect(await resultOf('evolution', evolution({ conversation: 'now' }, { id }))).toMatchObject({
      outcome: 'opened',
    });
  });

  describe('an answer is stored with its words', () => {
    const slot = { selectedId: 'slot_1600', selectedIndex: 0 };
    const row = { title: 'Haircut', singleSelectReply: { selectedRowID: 'row_7' } };
    const form = JSON.stringify({ flow_token: 'tok-1', date: '2026-12-01', service: 'haircut' });
    const formMessage = (response_json: string): Record<string, unknown> => ({
      type: 'interactive',
      interactive: { type: 'nfm_reply', nfm_reply: { name: 'flow', body: 'Sent', response_json } },
    });
    const posted = (value: unknown): string => JSON.stringify({ object: 'x', entry: [{ changes: [value] }] });

    it.each([
      [
        'a button without a title',
        ['evolution', evolution({ templateButtonReplyMessage: slot })],
        { text: 'slot_1600', metadata: { buttonId: 'slot_1600' } },
      ],
      [
        'a button of Venom’s without a title',
        [
          'venom',
          JSON.stringify({ from: PHONE, id: newId(), type: 'buttons_response', selectedButtonId: 'b1' }),
        ],
        { text: 'b1', metadata: { buttonId: 'b1' } },
      ],
      [
        'a row',
        ['waha', waha({ body: null, _data: { Message: { listResponseMessage: row } } }, 'GOWS')],
        { text: 'Haircut', metadata: { buttonId: 'row_7' } },
      ],
      [
        'a form',
        ['meta', posted({ field: 'messages', value: metaValue(formMessage(form)) })],
        { text: 'date: 2026-12-01\nservice: haircut', metadata: { flow: { response: form } } },
      ],
      [
        'a poll',
        [
          'evolution',
          evolution({ pollCreationMessageV3: { name: 'Friday?', options: [{ optionName: 'yes' }] } }),
        ],
        { text: 'Friday?', metadata: { poll: { name: 'Friday?', options: ['yes'] } } },
      ],
      [
        'an appointment',
        ['evolution', evolution({ eventMessage: { name: 'Haircut', startTime: '1795986400' } })],
        { text: 'Haircut', metadata: { event: { startTime: '1795986400' } } },
      ],
      [
        'an invitation',
        ['evolution', evolution({ groupInviteMessage: { groupName: 'Friends', caption: 'join us' } })],
        { text: 'join us', metadata: { invite: { group: 'Friends' } } },
      ],
    ] as [string, [string, string], object][])('%s', async (_, [gateway, body], wanted) => {
      const result = await resultOf(gateway, body);
      expect(result).toMatchObject({ kind: 'message', outcome: 'opened' });
      expect(await stage.storedIn(result?.conversationId ?? '')).toMatchObject([wanted]);
    });

    it('a long form stays readable', async () => {
      const long = JSON.stringify({ flow_token: 't', story: 'what happened then; '.repeat(400) });
      const result = await resultOf(
        'meta',
        posted({ field: 'messages', value: metaValue(formMessage(long)) }),
      );
      const [stored] = await stage.storedIn(result?.conversationId ?? '');
      const { response } = stored?.metadata.flow as { response: string };
      expect(JSON.parse(response)).toEqual(JSON.parse(long));
    });

    it.each([
      ['in one line', `PHOTO;BASE64:${'/9j/4AAQSkZJRg'.repeat(600)}`],
      ['in lines of version 2.1', `PHOTO;JPEG;ENCODING=BASE64:\n${'/9j/4AAQSkZJRg\n'.repeat(600)}`],
    ])('a card keeps its number, however large the picture on it, %s', async (_, photo) => {
      const vCard = `BEGIN:VCARD\nFN:Dr. Iva\n${photo}\nTEL;waid=5511900000002:+55 11 90000-0002\nEND:VCARD`;
      for (const payload of [{ body: null, vCards: [vCard] }, { body: vCard }]) {
        await stage.forgetAll();
        const result = await resultOf('waha', waha({ ...payload, _data: { type: 'vcard' } }));
        const [stored] = await stage.storedIn(result?.conversationId ?? '');
        expect(stored?.text).toBe('');
        expect(JSON.stringify(stored?.metadata.contacts)).toMatch(/Dr\. Iva.*\+55 11 90000-0002/);
      }
    });
  });

  describe('a part of Meta’s body', () => {
    const text = { type: 'text', text: { body: 'a test text' } };
    it.each([
      ['an entry', () => ({ changes: [{ field: 'messages', value: metaValue(text) }] })],
      ['a change', () => ({ field: 'messages', value: metaValue(text) })],
      ['a value', () => metaValue(text)],
      ['a list of values', () => [{ ...metaValue(text), field: 'messages' }]],
      [
        'a list of whole bodies',
        () => [{ entry: [{ changes: [{ field: 'messages', value: metaValue(text) }] }] }],
      ],
    ])('is read: %s', async (_, part) => {
      const result = await resultOf('meta', JSON.stringify(part()));
      expect(result).toMatchObject({ kind: 'message', outcome: 'opened', conversationId: `1:${PHONE}` });
    });
  });
});
