import type { StoredMessage } from '@app/batching';
import { AppProcess } from './support/app-process';
import { type GatewaySample, GATEWAY_SAMPLES, sampleOf, VECTORS } from './support/gateway-samples';
import { evolutionToken, SECRETS, signed } from './support/gateway-signatures';
import { type Answer, send } from './support/http';
import { RedisServer } from './support/redis-server';
import { System } from './support/system';

interface Result {
  kind: string;
  outcome: string;
  conversationId: string | null;
  messageId: string | null;
  reason?: string;
}

const VECTOR_SECRETS = VECTORS.meta.vectors.map(({ secret }) => secret);
const ENV = {
  ...SECRETS,
  META_APP_SECRET: [SECRETS.META_APP_SECRET, ...new Set(VECTOR_SECRETS)].join(','),
  GATEWAY_COMPANIES: 'meta:106540352242922=962302,waha:default=salon',
  MAX_BATCH_SIZE: '5',
  MAX_PENDING_PER_CONVERSATION: '5',
};

const isStored = ({ expect: { kind, chatKey } }: GatewaySample): boolean =>
  ['message', 'duplicate-of'].includes(kind) && !customerIn(chatKey).startsWith('wa-group:');
const named = (samples: GatewaySample[]): [string, GatewaySample][] =>
  samples.map((each) => [each.file, each]);

const SEVERAL = GATEWAY_SAMPLES.filter(({ expect: { kind } }) => kind === 'messages');
const STORED = GATEWAY_SAMPLES.filter(isStored);
const CHANGES = GATEWAY_SAMPLES.filter(({ expect: { kind } }) => ['edit', 'revoke'].includes(kind));
const LEFT = GATEWAY_SAMPLES.filter((each) => ![...SEVERAL, ...STORED, ...CHANGES].includes(each));

describe('gateways', () => {
  let system: System;

  beforeAll(async () => {
    system = await System.start({ batcher: false, env: ENV });
  });

  beforeEach(() => system.redis.flushdb());

  afterAll(() => system.stop());

  function post(path: string, body: Buffer | string, headers: Record<string, string>): Promise<Answer> {
    const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
    return system.send(path, { ...init, body: typeof body === 'string' ? body : new Uint8Array(body) });
  }

  function postSigned(gateway: string, body: Buffer | string, path = `/webhook/${gateway}`): Promise<Answer> {
    return post(path, body, signed(gateway, body));
  }

  /** The predecessor's calls answer for one message without a list around it. */
  function resultsOf({ body }: Answer): Result[] {
    return (body.results ?? [body]) as Result[];
  }

  async function storedIn(conversationId: string | null): Promise<StoredMessage[]> {
    const list = await system.redis.lrange(`rapid-fire:${conversationId}`, 0, -1);
    return list.map((json) => JSON.parse(json) as StoredMessage);
  }

  function conversations(): Promise<string[]> {
    return system.redis.keys('rapid-fire:*');
  }

  describe('samples', () => {
    it('are there', () => {
      expect([SEVERAL.length, STORED.length > 30, CHANGES.length > 5, LEFT.length > 15]).toEqual([
        2,
        true,
        true,
        true,
      ]);
    });

    it.each(named(STORED))('%s is stored', async (_, { gateway, path, bytes, expect: meaning }) => {
      const answer = await postSigned(gateway, bytes, path);
      expect(answer).toMatchObject({ status: 200, body: { success: true } });
      const [result] = resultsOf(answer);
      const id = result?.conversationId ?? '';
      expect(result).toMatchObject({ outcome: 'opened', messageId: meaning.messageId ?? null });
      expect(id.endsWith(customerIn(meaning.chatKey))).toBe(true);

      const [message, ...more] = await storedIn(id);
      expect(more).toEqual([]);
      expect(message).toMatchObject({
        messageId: meaning.messageId ?? null,
        source: { gateway },
        ...(meaning.text != null && { text: meaning.text, message: meaning.text }),
        ...(meaning.timestampMs !== undefined && { timestamp: meaning.timestampMs }),
        ...(meaning.media !== undefined && { type: meaning.media }),
      });
      expect(JSON.stringify(message)).not.toMatch(/[A-Za-z0-9+/]{1024}/);
    });

    it.each(named(LEFT))(
      '%s is answered and not stored',
      async (_, { gateway, path, bytes, expect: { kind } }) => {
        const answer = await postSigned(gateway, bytes, path);
        expect(answer).toMatchObject({ status: 200, body: { success: true } });
        expect(resultsOf(answer)).toMatchObject([
          {
            kind: ['ignore', 'reject'].includes(kind) ? 'ignored' : kind,
            outcome: 'ignored',
            conversationId: null,
            reason: expect.any(String) as string,
          },
        ]);
        expect(await conversations()).toEqual([]);
      },
    );

    it.each(named(CHANGES))(
      '%s is kept for its message, which has not come',
      async (_, { gateway, path, bytes, expect: { kind } }) => {
        const answer = await postSigned(gateway, bytes, path);
        expect(answer).toMatchObject({ status: 200, body: { success: true } });
        expect(resultsOf(answer)).toMatchObject([{ kind, outcome: 'early' }]);
        expect(await conversations()).toEqual([]);
      },
    );

    it.each(named(SEVERAL))(
      '%s is stored message by message',
      async (_, { gateway, path, bytes, expect: meaning }) => {
        const results = resultsOf(await postSigned(gateway, bytes, path));
        const taken = results.filter(({ outcome }) => outcome !== 'ignored');
        const ids = [...new Set(taken.map(({ conversationId }) => conversationId))];
        expect([taken.length, results.length - taken.length]).toEqual([meaning.count, meaning.ignored ?? 0]);
        expect(ids.map((id) => id?.split(':').at(-1))).toEqual(meaning.chats?.map(customerIn));
        const stored = (await Promise.all(ids.map(storedIn))).flat();
        expect(stored.map(({ messageId }) => messageId).sort()).toEqual(
          taken.map(({ messageId }) => messageId).sort(),
        );
      },
    );

    it('are known when they are posted again', async () => {
      const { bytes } = sampleOf('waha/message-text.json');
      const outcomes = [await postSigned('waha', bytes), await postSigned('waha', bytes)].map(
        (answer) => resultsOf(answer)[0]?.outcome,
      );
      expect(outcomes).toEqual(['opened', 'duplicate']);
    });
  });

  describe('signatures', () => {
    it.each(VECTORS.meta.vectors)('of Meta are taken as published: $header', async ({ body, header }) => {
      expect((await post('/webhook/meta', body, { 'x-hub-signature-256': header })).status).toBe(200);
    });

    it.each(VECTORS.waha.vectors)('of WAHA are taken as published: $header', async ({ body, header }) => {
      expect((await post('/webhook/waha', body, { 'x-webhook-hmac': header })).status).toBe(200);
    });

    const { bytes: meta } = sampleOf('meta-cloud/text.json');
    const { bytes: waha } = sampleOf('waha/message-text.json');
    const { bytes: evolution } = sampleOf('evolution/text.json');
    const { bytes: venom } = sampleOf('venom/text-private.json');
    const flipped = (bytes: Buffer): Buffer =>
      Buffer.from(bytes.map((byte, i) => (i === 40 ? byte ^ 1 : byte)));
    const twin = (bytes: Buffer): string => JSON.stringify(JSON.parse(bytes.toString()));

    it.each<[string, string, Buffer | string, Record<string, string>]>([
      ['a flipped byte of Meta’s', 'meta', flipped(meta), signed('meta', meta)],
      ['a re-serialised twin of Meta’s', 'meta', twin(meta), signed('meta', meta)],
      ['no signature of Meta’s', 'meta', meta, {}],
      ['the shared secret in its stead', 'meta', meta, signed('venom', meta)],
      ['a flipped byte of WAHA’s', 'waha', flipped(waha), signed('waha', waha)],
      ['a re-serialised twin of WAHA’s', 'waha', twin(waha), signed('waha', waha)],
      ['no signature of WAHA’s', 'waha', waha, {}],
      [
        'another key of Evolution’s',
        'evolution',
        evolution,
        { authorization: `Bearer ${evolutionToken('other')}` },
      ],
      ['no token of Evolution’s', 'evolution', evolution, {}],
      ['no token on a sub-path', 'evolution/messages-upsert', evolution, {}],
      ['a wrong secret of Venom’s', 'venom', venom, { 'x-webhook-secret': 'something-else' }],
      ['no secret of Venom’s', 'venom', venom, {}],
    ])('%s is refused', async (_, route, body, headers) => {
      const answer = await post(`/webhook/${route}`, body, headers);
      expect(answer).toMatchObject({ status: 401, type: 'application/problem+json', body: { status: 401 } });
      expect(await conversations()).toEqual([]);
    });

    it('are in no answer and no log line', () => {
      for (const secret of Object.values(SECRETS))
        expect(system.webhook.lines.join('\n')).not.toContain(secret);
    });
  });

  describe('Meta’s handshake', () => {
    const query = (token: string): string =>
      `/webhook/meta?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}`;

    it('is answered with the challenge alone', async () => {
      expect(await system.send(query(SECRETS.META_VERIFY_TOKEN))).toMatchObject({
        status: 200,
        type: 'text/plain',
        text: '1158201444',
      });
    });

    it.each([query('somebody-else'), '/webhook/meta'])('is refused: %s', async (path) => {
      expect(await system.send(path)).toMatchObject({ status: 403, type: 'application/problem+json' });
    });
  });

  describe('the company', () => {
    it.each([
      ['meta', 'meta-cloud/text.json', 962302],
      ['waha', 'waha/message-text.json', 'salon'],
    ])('is the one configured for an account of %s', async (gateway, file, company) => {
      const [result] = resultsOf(await postSigned(gateway, sampleOf(file).bytes));
      expect(result?.conversationId).toBe(`${company}:79001234567`);
      expect(await storedIn(`${company}:79001234567`)).toMatchObject([{ companyId: company }]);
    });
  });

  describe('what cannot be stored', () => {
    const text = (id: string, body: string): object => ({ from: '79001234567@c.us', id, body });

    it.each(['', '{', '[]', '17', 'null', '{"entry":{}}'])(
      'a body like "%s" has no results',
      async (body) => {
        expect(await postSigned('meta', body)).toMatchObject({
          status: 200,
          body: { success: true, results: [] },
        });
        expect(await conversations()).toEqual([]);
      },
    );

    it('a message that is too large does not hold up those behind it', async () => {
      const messages = [text('m-1', 'x'.repeat(300_000)), text('m-2', 'да')];
      const answer = await postSigned('venom', JSON.stringify({ messages }));
      expect(resultsOf(answer)).toMatchObject([
        { outcome: 'ignored', reason: 'too-large' },
        { outcome: 'opened' },
      ]);
      expect(await storedIn('79001234567')).toMatchObject([{ messageId: 'm-2' }]);
    });

    it('a full conversation is a 429', async () => {
      const messages = ['m-1', 'm-2', 'm-3', 'm-4', 'm-5', 'm-6'].map((id) => text(id, id));
      const answer = await postSigned('venom', JSON.stringify({ messages }));
      expect(answer).toMatchObject({ status: 429, type: 'application/problem+json' });
      expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    });

    it('several files keep their order: one is the message’s, the others stand in its metadata', async () => {
      const files = ['1', '2', '3'].map((name) => ({
        url: `https://files.example/${name}.jpg`,
        mimeType: 'image/jpeg',
      }));
      await postSigned('venom', JSON.stringify({ ...text('m-1', 'до и после'), media: files }));
      const [message] = await storedIn('79001234567');
      expect([message?.media, ...(message?.metadata.media as object[])]).toMatchObject(files);
    });
  });

  describe('without its Redis', () => {
    it('a gateway is asked to come again', async () => {
      const redis = await RedisServer.start();
      const webhook = await AppProcess.start('webhook', { ...ENV, REDIS_URL: redis.url, LOG_FORMAT: 'json' });
      await redis.stop();
      const { bytes } = sampleOf('meta-cloud/text.json');
      const headers = { 'content-type': 'application/json', ...signed('meta', bytes) };
      const answer = await send(`${webhook.url}/webhook/meta`, {
        method: 'POST',
        headers,
        body: new Uint8Array(bytes),
      });
      await webhook.terminate();
      expect(answer).toMatchObject({ status: 503, type: 'application/problem+json' });
      expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    });
  });
});

function customerIn(chatKey: string | null | undefined): string {
  return (chatKey ?? '').replace(/^wa:/, '');
}
