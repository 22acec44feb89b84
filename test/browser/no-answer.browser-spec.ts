import type { Browser } from 'playwright-core';
import { driveAsShipped } from '../support/app-process';
import { BotStage } from '../support/bot-stage';
import { eventually } from '../support/eventually';
import { sampleOf } from '../support/gateway-samples';
import { SECRETS, signed } from '../support/gateway-signatures';
import { type Answer, send } from '../support/http';
import { sendJson } from '../support/stand-in';
import { startChromium, takePicture } from './chromium';
import { LivePage } from './live-page';

driveAsShipped();

const KEY = 'admin-key-1';
/** A time as logs have it: operators are told when in their own. */
const FOR_LOGS = /\d{4}-\d\d-\d\dT\d\d:/;

/** A line of the page: what is so, and what mends it. */
type Line = readonly [says: string, mend: string];

describe('“No answer at 14:03”: the page says in both languages', () => {
  let browser: Browser;
  let stage: BotStage;
  let english: LivePage;
  let russian: LivePage;
  let phones = 0;

  beforeAll(async () => {
    browser = await startChromium();
    stage = await BotStage.start(
      {
        ...SECRETS,
        ...{ ADMIN_API_KEY: KEY, ON_HUMAN_REPLY: 'hold', HUMAN_REPLY_HOLD: '3600' },
        ...{ WAHA_API_URL: '', WAHA_API_KEY: '' },
      },
      { inOneProcess: true },
    );
    [english, russian] = await Promise.all([open('en'), open('ru')]);
  });
  beforeEach(() => {
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'fine' });
  });
  afterAll(async () => {
    await browser.close();
    await stage.stop();
  });

  async function open(locale: string): Promise<LivePage> {
    const live = await LivePage.open(browser, stage.webhook.url, { locale });
    await live.enter(KEY);
    await live.page.locator('.strip').waitFor();
    return live;
  }

  const someone = (): string => {
    phones += 1;
    return `7900500${String(phones).padStart(4, '0')}`;
  };

  function post(file: string): Promise<Answer> {
    const { gateway, path, bytes } = sampleOf(file);
    const headers = { 'content-type': 'application/json', ...signed(gateway, bytes) };
    return send(stage.webhook.url + path, { method: 'POST', headers, body: new Uint8Array(bytes) });
  }

  /** Both pages show it, with times for people, and nothing in anybody's way. */
  async function tells(conversationId: string, inEnglish: Line, inRussian: Line): Promise<void> {
    for (const [live, [says, mend]] of [
      [english, inEnglish],
      [russian, inRussian],
    ] as const) {
      await live.show(conversationId);
      await live.line(says).filter({ hasText: mend }).first().waitFor();
      expect(await live.page.locator('.timeline').innerText()).not.toMatch(FOR_LOGS);
      expect(await live.hindrances()).toEqual([]);
    }
    await takePicture(english.page, `live ${inEnglish[0]}`);
  }

  it('that the bot is down', async () => {
    const phone = someone();
    await stage.bot.goAway();
    try {
      await stage.write(phone, 'hello');
      await tells(phone, ['The bot did not answer', 'BOT_URL'], ['Бот не ответил', 'BOT_URL']);
    } finally {
      await stage.bot.comeBack();
    }
    await russian.line('Ответ 1 отправлен').waitFor();
  });

  it('what the bot said as it refused, in its own words', async () => {
    const phone = someone();
    const hint = 'The workflow must be active for a production URL to run successfully.';
    stage.bot.answer = (_, response) => sendJson(response, 404, { code: 404, hint });
    await stage.write(phone, 'hello');
    await tells(phone, ['The bot refused it', hint], ['Бот отказался', hint]);
    await english.press('d');
    await english.page.locator('.letters li', { hasText: hint }).waitFor();
    expect(await english.hindrances()).toEqual([]);
    await stage.customers.post('/admin/dead-letters/redrive');
  });

  it('that the bot answers oddly', async () => {
    const phone = someone();
    stage.bot.answer = (_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>It works</h1>');
    await stage.write(phone, 'hello');
    await tells(phone, ['not understood', 'BOT_REPLY'], ['ответ не понятен (HTML)', 'BOT_REPLY']);
  });

  it('that no sender is configured', async () => {
    const { body } = await post('waha/message-text.json');
    const [{ conversationId = '' } = {}] = body.results as { conversationId?: string }[];
    await tells(
      conversationId,
      ['no sender is configured for waha', 'Set WAHA_API_URL'],
      ['для waha не настроена отправка', 'Задайте WAHA_API_URL'],
    );
  });

  it('that a human has answered, and lets the bot go on', async () => {
    const { body } = await post('evolution/own-from-phone.json');
    const [{ conversationId = '' } = {}] = body.results as { conversationId?: string }[];
    await tells(
      conversationId,
      ['A colleague answered from the phone: nothing is handed off until', 'Release'],
      ['Коллега ответил с телефона: ничего не передаётся до', 'Отпустить'],
    );
    const held = english.line('A colleague answered');
    expect(await held.innerText()).toMatch(/until \d\d:\d\d, \d+ min left/);
    await held.getByRole('button', { name: 'Release' }).click();
    await english.line('Released').waitFor();
    await russian.line('Удержание снято').waitFor();
  });

  it('that the bot is muted', async () => {
    const phone = someone();
    await stage.customers.post(`/admin/conversations/${phone}/mute?minutes=60`);
    await stage.write(phone, 'hello');
    await tells(phone, ['The bot is muted', 'Unmute'], ['Бот заглушён', 'Включить бота']);
  });

  it('that the message was ignored', async () => {
    const { body } = await post('evolution/group-text.json');
    expect(body.results).toMatchObject([{ outcome: 'ignored', reason: 'group' }]);
    const [key = ''] = await eventually(
      'the note of a group',
      () => stage.client.keys('rapid-fire-timeline:wa-group:*'),
      ({ length }) => length > 0,
    );
    const group = key.slice('rapid-fire-timeline:'.length);
    const timeline = await stage.customers.get(`/admin/conversations/${group}/timeline`);
    const [{ conversationId }] = timeline.body.entries as [{ conversationId: string }];
    await tells(
      conversationId,
      ['A message in a group was ignored', 'GROUP_MESSAGES'],
      ['Сообщение в группе пропущено', 'GROUP_MESSAGES'],
    );
  });
});
