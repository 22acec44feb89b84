import { resolve } from 'node:path';
import { TELEGRAM_UPDATES } from '@app/gateways';
import { Child } from './support/child';
import { sendJson, StandIn } from './support/stand-in';

const SCRIPT = resolve(__dirname, '../scripts/telegram-webhook.mjs');
const TOKEN = '7000000099:AAF-demo_token';
const VARIABLES = {
  PUBLIC_URL: 'https://rapid-fire.example/chat/',
  TELEGRAM_BOT_TOKEN: TOKEN,
  TELEGRAM_SECRET_TOKEN: 'new_Hook-2026,tg_Hook-2025',
};
const INFO = { url: 'https://rapid-fire.example/chat/webhook/telegram', pending_update_count: 3 };

describe('npm run telegram:webhook', () => {
  let api: StandIn;

  beforeAll(async () => {
    api = await StandIn.start();
  });
  beforeEach(() => {
    api.heard.length = 0;
    api.answer = ({ path }, response) =>
      sendJson(response, 200, { ok: true, result: path.endsWith('Info') ? INFO : true });
  });
  afterAll(() => api.stop());

  async function run(
    changed: object = {},
    ...args: string[]
  ): Promise<{ code: number | null; shown: string }> {
    const env = { PATH: process.env.PATH, TELEGRAM_API_URL: api.url, ...VARIABLES, ...changed };
    const child = new Child('telegram:webhook', process.execPath, [SCRIPT, ...args], { env });
    return { code: await child.exited, shown: child.lines.join('\n') };
  }

  it('gives Telegram the address, the newest secret and every kind of update that is read', async () => {
    const { code, shown } = await run();
    expect(code).toBe(0);
    expect(api.heard.map(({ path }) => path)).toEqual([
      `/bot${TOKEN}/setWebhook`,
      `/bot${TOKEN}/getWebhookInfo`,
    ]);
    expect(JSON.parse(api.heard[0]?.body ?? '')).toEqual({
      url: 'https://rapid-fire.example/chat/webhook/telegram',
      secret_token: 'new_Hook-2026',
      allowed_updates: TELEGRAM_UPDATES,
    });
    expect(shown).toContain(`Telegram posts to ${INFO.url}`);
    expect(shown).toContain('3 updates wait');
  });

  it('shows what last failed, and changes nothing if it is only asked', async () => {
    const failed = {
      ...INFO,
      last_error_date: 1763700001,
      last_error_message: 'Wrong response from the webhook',
    };
    api.answer = (_, response) => sendJson(response, 200, { ok: true, result: failed });
    const { shown } = await run({}, '--info');
    expect(api.heard).toHaveLength(1);
    expect(shown).toContain('Wrong response from the webhook, 2025-11-21T04:40:01.000Z');
  });

  it.each([
    [{ TELEGRAM_BOT_TOKEN: '' }, 'TELEGRAM_BOT_TOKEN is not set'],
    [{ TELEGRAM_SECRET_TOKEN: '' }, 'TELEGRAM_SECRET_TOKEN is not set'],
    [{ PUBLIC_URL: '' }, 'PUBLIC_URL is not set'],
    [{ PUBLIC_URL: 'http://rapid-fire.example' }, 'PUBLIC_URL must be an https:// address'],
  ])('says what is missing, and asks nothing of Telegram: %j', async (changed, message) => {
    const { code, shown } = await run(changed);
    expect([code, api.heard]).toEqual([1, []]);
    expect(shown).toContain(message);
  });

  it('says all that is missing at once', async () => {
    const { shown } = await run({ PUBLIC_URL: '', TELEGRAM_BOT_TOKEN: '', TELEGRAM_SECRET_TOKEN: '' });
    expect(shown.match(/^\w+ is not set/gm)).toEqual(
      ['PUBLIC_URL', 'TELEGRAM_BOT_TOKEN', 'TELEGRAM_SECRET_TOKEN'].map((name) => `${name} is not set`),
    );
  });

  it('says which variable is wrong where Telegram does not know the token', async () => {
    api.answer = (_, response) => sendJson(response, 401, { ok: false, description: 'Unauthorized' });
    expect((await run()).shown).toContain('Unauthorized. See whether TELEGRAM_BOT_TOKEN');
  });

  it('says why Telegram refuses, without the token', async () => {
    const description = 'Bad Request: bad webhook: IP address 10.0.0.1 is reserved';
    api.answer = (_, response) => sendJson(response, 400, { ok: false, error_code: 400, description });
    const { code, shown } = await run();
    expect([code, shown]).toEqual([
      1,
      expect.stringContaining(`Telegram refuses setWebhook: ${description}`),
    ]);
    expect(shown).not.toContain(TOKEN);
  });

  it('says where it found nobody, without the token', async () => {
    const { code, shown } = await run({ TELEGRAM_API_URL: 'http://127.0.0.1:1' });
    expect([code, shown]).toEqual([1, expect.stringMatching(/http:\/\/127\.0\.0\.1:1 cannot be reached/)]);
    expect(shown).not.toContain(TOKEN);
  });
});
