import type { Answer } from './support/http';
import { BATCHED, DIRECT, System } from './support/system';

const PHONE = '79001234567';
const BODY_LIMIT = 16 * 1024;
const MAX_BATCH_BYTES = 4 * 1024;
const CAP = 3;

/** Stack frames, paths of ours, and what only a server should know. */
const TELLTALE = /\bat .*\(|node_modules|\.[jt]s:\d+|redis:\/\//;

describe('what the webhook refuses', () => {
  let system: System;

  // Without a batcher: a conversation stays as full as a test has made it.
  beforeAll(async () => {
    system = await System.start({
      batcher: false,
      env: {
        BODY_LIMIT: String(BODY_LIMIT),
        MAX_BATCH_BYTES: String(MAX_BATCH_BYTES),
        MAX_BATCH_SIZE: String(CAP),
        MAX_PENDING_PER_CONVERSATION: String(CAP),
      },
    });
  });

  beforeEach(() => system.redis.flushdb());

  afterAll(() => system.stop());

  const aMessage = (fields: Record<string, unknown> = {}): Record<string, unknown> => ({
    phone: PHONE,
    message: 'hello',
    companyId: 1,
    ...fields,
  });

  function raw(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): RequestInit {
    return { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body };
  }

  /** A refusal is a problem of this status, says nothing of our insides, and leaves Redis as it was. */
  async function refusal(status: number, request: () => Promise<Answer>): Promise<Answer> {
    const before = await system.contents();
    const answer = await request();
    expect(answer.text).not.toMatch(TELLTALE);
    expect(answer).toMatchObject({ status, type: 'application/problem+json', body: { status } });
    expect(typeof answer.body.title).toBe('string');
    expect(typeof answer.body.type).toBe('string');
    expect(await system.contents()).toEqual(before);
    return answer;
  }

  const fieldsAtFault = ({ body }: Answer): string[] =>
    (body.errors as { field: string }[]).map(({ field }) => field).sort();

  describe.each([BATCHED, DIRECT])('POST %s', (path) => {
    it('names every field at fault', async () => {
      const message = {
        phone: 'nobody',
        message: '',
        messageId: ['7'],
        timestamp: 'yesterday',
        media: 'photo',
        metadata: 'none of ours',
        companyId: 'a:b',
      };
      const answer = await refusal(400, () => system.post(path, message));

      expect(fieldsAtFault(answer)).toEqual(
        ['companyId', 'media', 'message', 'messageId', 'metadata', 'phone', 'timestamp'].sort(),
      );
    });

    it.each([
      ['no phone', { phone: undefined }, 'phone'],
      ['too short a phone', { phone: '7900' }, 'phone'],
      ['too long a phone', { phone: '7900123456779001' }, 'phone'],
      ['no text and no media', { message: undefined }, 'message'],
      ['nothing but spaces', { message: ' \n\t' }, 'message'],
      ['a list for a text', { message: ['hello'] }, 'message'],
      ['a list for a text next to media', { message: ['a'], media: { url: 'x' } }, 'message'],
      ['media that is no object', { media: 'photo' }, 'media'],
      ['objects for texts', { phone: { constructor: 1 }, message: { __proto__: 1 } }, 'message', 'phone'],
      ['metadata that is a list', { metadata: [] }, 'metadata'],
      ['half a company', { companyId: 1.5 }, 'companyId'],
      ['a company that is a kind of id', { companyId: 'wa-lid' }, 'companyId'],
      ['braces in a company', { companyId: '{1}' }, 'companyId'],
      ['too long an id', { messageId: 'm'.repeat(257) }, 'messageId'],
      ['a time that is none', { timestamp: true }, 'timestamp'],
    ])('refuses %s', async (_, fields, ...atFault) => {
      const answer = await refusal(400, () => system.post(path, aMessage(fields)));
      expect(fieldsAtFault(answer)).toEqual(atFault);
    });

    it.each([
      ['{"phone": "79001234567"', 'half an object'],
      ['phone=79001234567', 'a form'],
      ['"79001234567"', 'a text'],
      ['null', 'null'],
    ])('refuses %s, %s, as JSON that is not valid, in words that do not quote it', async (body) => {
      const answer = await refusal(400, () => system.send(path, raw(body)));
      expect(answer.body.detail).toBe('The body is not valid JSON.');
      expect(fieldsAtFault(answer)).toEqual(['body']);
    });

    it.each([
      ['[]', 'a bare list'],
      ['', 'nothing'],
      ['{"messages": []}', 'an empty list'],
      ['{"messages": {}}', 'a list that is none'],
    ])('refuses %s, %s', async (body) => {
      const answer = await refusal(400, () => system.send(path, raw(body)));
      expect(answer.body.detail).toEqual(expect.any(String));
    });

    it('refuses bytes that are not UTF-8, in words that say so, and a character set that is none of UTF-8’s', async () => {
      const latin1 = new Uint8Array(Buffer.from(`{"phone":"${PHONE}","message":"não sei"}`, 'latin1'));
      const answer = await refusal(400, () => system.send(path, raw(latin1)));
      expect(answer.body.detail).toMatch(/not valid UTF-8/);
      const init = { ...raw(''), body: new Blob([latin1]).stream(), duplex: 'half' } as RequestInit;
      expect((await refusal(400, () => system.send(path, init))).body.detail).toMatch(/not valid UTF-8/);
      const declared = { 'content-type': 'application/json; charset=iso-8859-1' };
      await refusal(415, () => system.send(path, raw(latin1, declared)));
    });

    it('refuses metadata nested without end', async () => {
      const metadata = '{"a":'.repeat(2_000) + '1' + '}'.repeat(2_000);
      const json = `{"phone":"${PHONE}","message":"hello","metadata":${metadata}}`;
      expect(fieldsAtFault(await refusal(400, () => system.send(path, raw(json))))).toEqual(['metadata']);
    });

    it('names the items and fields at fault where nothing in a list can be read', async () => {
      const messages = [aMessage({ phone: 'nobody' }), 7, aMessage({ message: '' })];
      const answer = await refusal(400, () => system.post(path, { messages }));
      expect(fieldsAtFault(answer)).toEqual(['messages[0].phone', 'messages[1]', 'messages[2].message']);
    });

    it.each([
      ['application/x-www-form-urlencoded', 'phone=79001234567&message=hello'],
      ['text/plain', JSON.stringify({ phone: PHONE, message: 'hello' })],
      ['multipart/form-data; boundary=x', '--x--'],
    ])('refuses a body of type %s', async (type, body) => {
      await refusal(415, () => system.send(path, raw(body, { 'content-type': type })));
    });

    it('refuses encodings and character sets that it cannot read', async () => {
      const json = JSON.stringify(aMessage());
      await refusal(415, () => system.send(path, raw(json, { 'content-encoding': 'made-up' })));
      await refusal(415, () =>
        system.send(path, raw(json, { 'content-type': 'application/json; charset=made-up' })),
      );
      await refusal(400, () => system.send(path, raw(json, { 'content-encoding': 'gzip' })));
    });

    it('refuses a body over BODY_LIMIT, also one that does not say its length', async () => {
      const json = JSON.stringify(aMessage({ message: 'x'.repeat(BODY_LIMIT) }));
      await refusal(413, () => system.send(path, raw(json)));
      const stream = new Blob([json]).stream();
      const init = { ...raw(''), body: stream, duplex: 'half' } as RequestInit;
      await refusal(413, () => system.send(path, init));
    });

    it('refuses a message over MAX_BATCH_BYTES, and takes one just under', async () => {
      const answer = await refusal(413, () =>
        system.post(path, aMessage({ message: 'я'.repeat(MAX_BATCH_BYTES / 2) })),
      );
      expect(answer.body.detail).toMatch(/MAX_BATCH_BYTES/);

      const fits = await system.post(path, aMessage({ message: 'я'.repeat(MAX_BATCH_BYTES / 2 - 200) }));
      expect(fits.status).toBe(200);
    });

    it('refuses a message to a conversation over its cap, and says when to try again', async () => {
      for (let i = 0; i < CAP; i += 1) {
        expect((await system.post(path, aMessage())).status).toBe(200);
      }
      const answer = await refusal(429, () => system.post(path, aMessage({ messageId: 'm-1' })));
      expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);

      const other = await system.post(path, aMessage({ companyId: 2 }));
      expect(other.status).toBe(200);
    });

    it('refuses a list where one item is over the cap; sending it again stores nothing twice', async () => {
      const messages = ['a', 'b', 'c', 'd'].map((messageId) => aMessage({ messageId }));
      const held = (): Promise<number> => system.redis.llen(`rapid-fire:1:${PHONE}`);

      expect((await system.post(path, { messages })).status).toBe(429);
      expect(await held()).toBe(CAP);
      expect((await system.post(path, { messages })).status).toBe(429);
      expect(await held()).toBe(CAP);
    });

    it('stores those behind a full conversation, and says of each what became of it', async () => {
      const full = ['a', 'b', 'c', 'd', 'e'].map((messageId) => aMessage({ messageId }));
      const answer = await system.post(path, {
        messages: [...full, aMessage({ companyId: 2, messageId: 'f' })],
      });

      expect(answer).toMatchObject({ status: 429, body: { status: 429 } });
      expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
      const results = answer.body.results as Record<string, unknown>[];
      expect(results.map(({ success, messageId }) => [success, messageId])).toEqual([
        ...[
          [true, 'a'],
          [true, 'b'],
          [true, 'c'],
          [false, 'd'],
          [false, 'e'],
          [true, 'f'],
        ],
      ]);
      expect(results.slice(3, 5)).toMatchObject([
        { outcome: 'refused', reason: 'over-cap' },
        { outcome: 'refused', reason: 'behind' },
      ]);
      expect(await system.redis.llen(`rapid-fire:2:${PHONE}`)).toBe(1);
    });

    it('stores the other messages of a list if one is over MAX_BATCH_BYTES, and refuses only that one', async () => {
      const tooLarge = aMessage({ message: 'x'.repeat(2 * MAX_BATCH_BYTES), messageId: 'b' });
      const messages = [aMessage({ messageId: 'a' }), tooLarge, aMessage({ messageId: 'c' })];
      const answer = await system.post(path, { messages });

      expect(answer.status).toBe(200);
      expect(answer.body.results).toMatchObject([
        { success: true, size: 1 },
        { success: false, outcome: 'ignored', reason: 'too-large', messageId: 'b' },
        { success: true, size: 2 },
      ]);
      await system.webhook.waitForLine(/larger than MAX_BATCH_BYTES and was not stored/);
    });

    it('refuses a list of which nothing can be stored, as one of its messages would be', async () => {
      const tooLarge = aMessage({ message: 'x'.repeat(2 * MAX_BATCH_BYTES) });
      const answer = await refusal(413, () => system.post(path, { messages: [tooLarge, 7] }));
      expect(answer.body.results).toMatchObject([{ reason: 'too-large' }, { reason: 'invalid' }]);
    });

    it('refuses a list of more than a thousand, in few words', async () => {
      const answer = await refusal(413, () => system.post(path, { messages: Array<number>(1_001).fill(7) }));
      expect(answer.body.detail).toMatch(/at most 1000/);
    });

    it('names the first hundred of a thousand faults', async () => {
      const answer = await refusal(400, () => system.post(path, { messages: Array<number>(1_000).fill(7) }));
      expect(fieldsAtFault(answer)).toHaveLength(100);
      expect(answer.body.detail).toMatch(/ and 900 more\.$/);
    });

    it('stores the readable items of a list with an unreadable one', async () => {
      const messages = [
        aMessage({ message: 'a' }),
        aMessage({ phone: 'nobody' }),
        aMessage({ message: 'b' }),
      ];
      const answer = await system.post(path, { messages });

      expect(answer.status).toBe(200);
      const [first, second, third] = answer.body.results as Record<string, unknown>[];
      expect(first).toMatchObject({ success: true, size: 1 });
      expect(second).toMatchObject({
        success: false,
        outcome: 'ignored',
        reason: 'invalid',
        errors: [{ field: 'messages[1].phone' }],
      });
      expect(third).toMatchObject({ success: true, size: 2 });
    });
  });

  it.each([
    ['GET', '/nowhere'],
    ['POST', '/webhook/whatsapp/nowhere'],
    ['GET', BATCHED],
    ['PUT', BATCHED],
    ['GET', DIRECT],
    ['DELETE', DIRECT],
    ['POST', `${BATCHED}/stats`],
  ])('answers 404 to %s %s', async (method, path) => {
    await refusal(404, () => system.send(path, { method }));
  });

  it.each([
    ['nobody', 'phone'],
    [`${PHONE}?companyId=a:b`, 'companyId'],
    [`${PHONE}?companyId=1&companyId=2`, 'companyId'],
  ])('refuses to clear %s', async (customer, field) => {
    const answer = await refusal(400, () => system.send(`${BATCHED}/${customer}`, { method: 'DELETE' }));
    expect(fieldsAtFault(answer)).toEqual([field]);
  });

  it('refuses a path that cannot be decoded', async () => {
    await refusal(400, () => system.send(`${BATCHED}/%E0%A4%A`, { method: 'DELETE' }));
  });
});
