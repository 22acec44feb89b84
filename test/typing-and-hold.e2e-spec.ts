import { sampleOf } from './support/gateway-samples';
import { SECRETS, signed } from './support/gateway-signatures';
import type { Answer } from './support/http';
import { sideBySide } from './support/side-by-side';
import { System } from './support/system';

const ENV = {
  ...SECRETS,
  BATCH_TIMEOUT: '10000',
  GATEWAY_COMPANIES: 'waha:default=1,evolution:salon=1',
  ON_HUMAN_REPLY: 'hold',
  HUMAN_REPLY_HOLD: '15',
  MAX_MESSAGE_AGE: '3600',
};
const CONVERSATION = '1:79001234567';

describe('who is busy with a conversation', () => {
  let system: System;

  beforeAll(async () => {
    system = await System.start({ env: ENV });
  });
  afterAll(() => system.stop());

  function post(file: string): Promise<Answer> {
    const { gateway, path, bytes } = sampleOf(file);
    const headers = { 'content-type': 'application/json', ...signed(gateway, bytes) };
    return system.send(path, { method: 'POST', headers, body: new Uint8Array(bytes) });
  }

  function postJson(path: string, body: object): Promise<Answer> {
    const headers = { 'content-type': 'application/json', 'x-webhook-secret': SECRETS.WEBHOOK_SECRET };
    return system.send(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  const dueAt = async (): Promise<number> =>
    Number(await system.redis.zscore('rapid-fire-due', CONVERSATION));

  describe('at once', () => {
    beforeEach(() => system.redis.flushdb());

    it.each(['waha/presence-typing.json', 'evolution/presence-composing.json'])(
      'a customer who types is waited for, and opens nothing: %s',
      async (file) => {
        expect((await post(file)).body.results).toMatchObject([{ outcome: 'ignored', reason: 'no-window' }]);
        await post('waha/message-text.json');
        const before = await dueAt();
        expect((await post(file)).body.results).toMatchObject([{ kind: 'presence', outcome: 'extended' }]);
        expect(await dueAt()).toBeGreaterThan(before);
      },
    );

    it('a forwarder says who types', async () => {
      const presence = { phone: '+7 900 123-45-67', companyId: 1 };
      const path = '/webhook/whatsapp/presence';
      expect((await postJson(path, { ...presence, state: 'composing' })).body).toMatchObject({
        outcome: 'no-window',
        conversationId: CONVERSATION,
      });
      await post('waha/message-text.json');
      const before = await dueAt();
      expect((await postJson(path, { ...presence, state: 'recording' })).body.outcome).toBe('extended');
      expect(await dueAt()).toBeGreaterThan(before);
      expect((await postJson(path, { ...presence, state: 'paused' })).body.outcome).toBe('ended');
      expect(await dueAt()).toBe(before);
      expect(await postJson(path, { ...presence, state: 'asleep' })).toMatchObject({
        status: 400,
        body: { errors: [{ field: 'state' }] },
      });
    });

    it.each(['waha/message-any-own-api.json', 'evolution/send-message-api.json'])(
      'our own answer holds nothing: %s',
      async (file) => {
        await post('waha/message-text.json');
        const before = await dueAt();
        expect((await post(file)).body.results).toMatchObject([{ outcome: 'ignored', reason: 'via-api' }]);
        expect(await dueAt()).toBe(before);
      },
    );
  });

  describe('until the end', () => {
    beforeAll(() => system.redis.flushdb());

    sideBySide({
      'a colleague’s answer holds what is pending, and nothing is lost': async () => {
        await post('waha/message-text.json');
        const before = await dueAt();
        expect((await post('evolution/own-from-phone.json')).body.results).toMatchObject([
          { kind: 'echo', outcome: 'held', conversationId: CONVERSATION },
        ]);
        expect(await dueAt()).toBeGreaterThan(before);
        await system.jobsOf(CONVERSATION, 1);
        await system.nothingPending();
      },

      'a message that comes late is handed off alone, and says so': async () => {
        const write = (message: string, ageMs: number): Promise<Answer> =>
          postJson('/webhook/whatsapp/batched', {
            phone: '79001112233',
            companyId: 1,
            message,
            timestamp: Date.now() - ageMs,
          });
        await write('раз', 0);
        await write('вчера', 86_400_000);
        await write('два', 0);
        const jobs = await system.jobsOf('1:79001112233', 3);
        expect(jobs.map(({ data }) => [data.text, data.messages[0]?.stale])).toEqual([
          ['раз', undefined],
          ['вчера', true],
          ['два', undefined],
        ]);
      },
    });
  });
});
