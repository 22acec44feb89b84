import type { SentReplies, SentReply } from '@app/batching';
import { loadSettings } from '@app/settings';
import { sendJson, StandIn } from '../../../../test/support/stand-in';
import { ReplySender } from './reply-sender';

const BASE = { NODE_ENV: 'test', REDIS_URL: 'redis://127.0.0.1:6379' };
const REPLY = { batchId: 'b-1', conversationId: '79001234567' } as SentReply;
const TARGET = { account: 'a', chatId: '79001234567@c.us', isGroup: false, messageId: null };

describe('a reply that its gateway does not take', () => {
  let gateway: StandIn;

  beforeAll(async () => void (gateway = await StandIn.start()));
  afterAll(() => gateway.stop());

  async function errorOf(name: string, status: number, variables: Record<string, string>): Promise<string> {
    gateway.answer = (_, response) => sendJson(response, status, {});
    const sender = new ReplySender({} as SentReplies, loadSettings({ ...BASE, ...variables }));
    const outcome = await sender.send({ companyId: null, gateway: name, target: TARGET }, 'Hello', REPLY);
    return 'answer' in outcome ? outcome.answer.error : outcome.kind;
  }

  it.each([401, 403])('says at %i whose token was shown', async (status) => {
    const waha = { WAHA_API_URL: gateway.url, WAHA_API_KEY: 'a-key-of-waha' };
    expect(await errorOf('waha', status, waha)).toBe(
      `the gateway answered ${status} to the token of WAHA_API_KEY`,
    );
    const telegram = { TELEGRAM_API_URL: gateway.url, TELEGRAM_BOT_TOKEN: '123456:ABCDEF' };
    expect(await errorOf('telegram', status, telegram)).toBe(
      `the gateway answered ${status} to the token of TELEGRAM_BOT_TOKEN`,
    );
  });

  it('says that none was shown, of the plain calls too, which Venom answers', async () => {
    expect(await errorOf('generic', 401, { VENOM_SENDER_URL: gateway.url })).toBe(
      'the gateway answered 401, without a token (VENOM_SENDER_TOKEN)',
    );
  });

  it('says the status alone where it is about no token', async () => {
    expect(await errorOf('generic', 404, { VENOM_SENDER_URL: gateway.url })).toBe('the gateway answered 404');
  });
});
