import type { Browser, BrowserContextOptions } from 'playwright-core';
import { driveAsShipped } from '../support/app-process';
import { BotStage } from '../support/bot-stage';
import { sendJson } from '../support/stand-in';
import { startChromium, takePicture } from './chromium';
import { LivePage } from './live-page';

driveAsShipped();

const KEY = 'admin-key-1';
/** Two fragments are typed, and seen to wait, in less. */
const SILENCE_MS = 8_000;
/** The first paint with 10,000 windows takes 0.2 s; a busy machine may take many times as long. */
const PAINT_MS = 10_000;
/** A change is shown within a second; a busy machine may take many times as long. */
const CHANGE_MS = 10_000;
/** Of the whole page, compressed. */
const MOST_BYTES = 60_000;
const WINDOWS = 10_000;

describe('the live page in a browser', () => {
  let browser: Browser;
  let stage: BotStage;
  /** Lets the bot answer. */
  let answer: () => void;
  let refuses: boolean;

  beforeAll(async () => {
    browser = await startChromium();
    stage = await BotStage.start({ ADMIN_API_KEY: KEY, BATCH_TIMEOUT: String(SILENCE_MS) });
  });
  beforeEach(() => {
    refuses = false;
    const mayAnswer = new Promise<void>((resolve) => (answer = resolve));
    stage.bot.answer = ({ body }, response) => {
      const { text } = JSON.parse(body) as { text: string };
      if (refuses) sendJson(response, 400, {});
      else
        mayAnswer
          .then(() => sendJson(response, 200, { reply: `You wrote: ${text}` }))
          .catch(() => response.destroy());
    };
  });
  afterAll(async () => {
    await browser.close();
    await stage.stop();
  });

  async function open(options: BrowserContextOptions = {}): Promise<LivePage> {
    const live = await LivePage.open(browser, stage.webhook.url, options);
    await live.enter(KEY);
    await live.page.locator('.strip').waitFor();
    return live;
  }

  it('is small, and comes from here alone', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const loaded: Promise<{ url: string; bytes: number }>[] = [];
    page.on('response', (response) => {
      const request = response.request();
      loaded.push(request.sizes().then(({ responseBodySize: bytes }) => ({ url: response.url(), bytes })));
    });
    await page.goto(`${stage.webhook.url}/live`, { waitUntil: 'networkidle' });
    const files = await Promise.all(loaded);
    expect(files.filter(({ url }) => !url.startsWith(stage.webhook.url))).toEqual([]);
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
    await context.close();
  });

  it('asks for the key, and refuses another', async () => {
    const live = await LivePage.open(browser, stage.webhook.url);
    await live.enter('not-the-key');
    await live.page.locator('[role=alert]', { hasText: 'This is not the key' }).waitFor();
    expect(await live.hindrances()).toEqual([]);
    await live.close();
  });

  it('a typed burst fills, counts down, is at the bot, and is answered; another browser sees the same', async () => {
    const [live, other] = await Promise.all([open(), open({ colorScheme: 'dark' })]);
    await live.write('Can I book', 'a haircut');
    const row = live.window('sim:');
    const same = other.window(await row.locator('.who').innerText());
    await same.filter({ hasText: '2 messages' }).filter({ hasText: 'silence 8 s' }).waitFor();
    await same.locator('.ring .left').waitFor();
    await Promise.all([row, same].map((each) => each.filter({ hasText: 'at the bot' }).waitFor()));
    await takePicture(live.page, 'live at the bot');
    answer();
    await live.page.locator('.said-text', { hasText: 'You wrote: Can I book a haircut' }).waitFor();
    await Promise.all([row, same].map((each) => each.waitFor({ state: 'detached' })));
    await takePicture(live.page, 'live answered');
    await takePicture(other.page, 'live dark');
    expect(stage.gateway.heard).toEqual([]);
    const complaints = [...live.complaints, ...other.complaints];
    // Until the key is entered.
    expect(complaints.filter((text) => !text.includes('401'))).toEqual([]);
    expect(await live.hindrances()).toEqual([]);
    expect(await other.hindrances()).toEqual([]);
    await Promise.all([live.close(), other.close()]);
  });

  it('dead letters are redriven, one and all', async () => {
    refuses = true;
    const live = await open();
    const dead = (said: string): Promise<void> => live.page.locator('.facts a', { hasText: said }).waitFor();
    for (const [i, said] of ['1 dead letter', '2 dead letters', '3 dead letters'].entries()) {
      if (i > 0) await live.button('New customer').click();
      await live.write(`What do I owe, ${i}?`);
      await live.press('f');
      await dead(said);
    }
    await live.press('d');
    refuses = false;
    await live.button('Redrive').first().click();
    await live.says('On its way again');
    await dead('2 dead letters');
    expect(await live.confirm('Redrive all')).toContain('2 dead letters');
    await live.says('2 dead letters are on the way again');
    await dead('0 dead letters');
    answer();
    expect(await live.hindrances()).toEqual([]);
    await live.close();
  });

  it('a customer is muted and erased, not while the bot is at work on them', async () => {
    const live = await open();
    await live.write('Who am I?');
    await live.confirm('Mute');
    await live.page.locator('.notice', { hasText: 'The bot is muted' }).waitFor();
    await live.verb('Unmute').click();
    await live.says('The bot answers again');
    await live.press('f');
    const row = live.window('sim:');
    await row.filter({ hasText: 'at the bot' }).waitFor();
    await live.confirm('Erase');
    await live.says('Erase again when it is done');
    answer();
    await live.page.locator('.said-text', { hasText: 'You wrote: Who am I?' }).waitFor();
    await row.waitFor({ state: 'detached' });
    await live.write('One thing more');
    expect(await live.confirm('Erase')).toContain('1 message that nobody has answered');
    await live.says('nothing of this customer is kept');
    await live.page.getByText('Nothing is kept of this conversation').waitFor();
    expect(await live.hindrances()).toEqual([]);
    await live.close();
  });

  it('is used by keyboard', async () => {
    const live = await open();
    const { keyboard } = live.page;
    answer();
    await live.page.locator('.write input:focus').waitFor();
    await keyboard.press('Escape');
    for (const phone of ['79001110001', '79001110002']) {
      await stage.customers.post(`/admin/conversations/${phone}/hold?minutes=60`);
      await stage.customers.message(phone, 'Hello');
      await live.window(phone).waitFor();
    }
    const chosen = live.page.locator('.window.chosen .who');
    await keyboard.press('j');
    expect(await chosen.innerText()).toBe('79001110001');
    await keyboard.press('j');
    await live.page.locator('h2', { hasText: '79001110002' }).waitFor();
    await keyboard.press('k');
    await live.page.locator('h2', { hasText: '79001110001' }).waitFor();
    await keyboard.press('/');
    await keyboard.type('0002');
    await live.window('79001110001').waitFor({ state: 'detached' });
    await keyboard.press('Escape');
    await keyboard.press('?');
    await live.page.getByRole('dialog').waitFor();
    expect(await live.hindrances()).toEqual([]);
    await keyboard.press('Escape');
    await live.page.getByRole('dialog').waitFor({ state: 'detached' });
    await keyboard.press('c');
    await live.page.getByRole('dialog', { name: 'Clear' }).waitFor();
    expect(await live.hindrances()).toEqual([]);
    await keyboard.press('Escape');
    await keyboard.press('f');
    await live.says('Flushed');
    await keyboard.press('Escape');
    await live.page.getByText('See it work').waitFor();
    await stage.customers.post('/admin/conversations/79001110002/release');
    await live.close();
  });

  it('takes the keys from nobody when the last window ends', async () => {
    answer();
    const live = await open();
    const phone = '79001110003';
    await stage.customers.message(phone, 'Hello');
    await live.window(phone).waitFor();
    await live.press('/');
    await live.page.keyboard.type('7900');
    await live.page.locator('.window:not(.found)').first().waitFor({ state: 'detached' });
    await live.page.getByText('See it work').waitFor();
    await live.page.locator('.search:focus').waitFor();
    await live.close();
  });

  it('says at once that the webhook is away, and goes on when it is back', async () => {
    const live = await open();
    const away = live.page.locator('.notice.bad', { hasText: 'Not connected' });
    await stage.webhook.kill();
    await away.waitFor();
    await stage.webhook.restart();
    await away.waitFor({ state: 'detached' });
    await stage.customers.message('79001112233', 'Hello');
    await live.window('79001112233').waitFor();
    await live.close();
  });

  it('shows the soonest of 10,000 windows, and counts the rest', async () => {
    await stage.batcher.kill();
    for (let i = 0; i < WINDOWS; i += 500) {
      const messages = Array.from({ length: 500 }, (_, k) => ({
        phone: String(79_100_000_000 + i + k),
        message: 'Hello',
      }));
      await stage.customers.post('/webhook/whatsapp/batched', { messages });
    }
    const live = await open({ viewport: { width: 390, height: 844 } });
    const beganAt = performance.now();
    await live.page.reload();
    await live.page.locator('.window').first().waitFor();
    expect(performance.now() - beganAt).toBeLessThan(PAINT_MS);
    await live.page.locator('.windows > .quiet', { hasText: 'more, soonest first' }).waitFor();
    expect(await live.page.locator('.window').count()).toBeLessThanOrEqual(150);
    const counted = live.page.locator('.strip .counts', { hasText: /10,00\d windows/ });
    const before = (await counted.innerText()).slice(0, 6);
    const wroteAt = performance.now();
    await stage.customers.message('79990001122', 'Hello');
    await live.page.locator('.strip .counts').filter({ hasNotText: before }).waitFor();
    const shownMs = performance.now() - wroteAt;
    process.stdout.write(`A change among 10,000 windows is shown after ${Math.round(shownMs)} ms\n`);
    expect(shownMs).toBeLessThan(CHANGE_MS);
    await takePicture(live.page, 'live phone');
    expect(await live.hindrances()).toEqual([]);
    await live.close();
  });
});
