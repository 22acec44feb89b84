import type { Browser } from 'playwright-core';
import { AppProcess, driveAsShipped } from '../support/app-process';
import { UNHURRIED } from '../support/patience';
import { RedisServer } from '../support/redis-server';
import { startChromium, takePicture } from './chromium';
import { LivePage } from './live-page';

driveAsShipped();

/** What is superseded must be typed before the window ends. */
const SILENCE_MS = 8_000;

describe('a stranger’s first minute, without a bot', () => {
  let browser: Browser;
  let redis: RedisServer;
  let all: AppProcess;

  beforeAll(async () => {
    [browser, redis] = await Promise.all([startChromium(), RedisServer.start()]);
    all = await AppProcess.start('all', {
      ...{ REDIS_URL: redis.url, ...UNHURRIED, BATCH_TIMEOUT: String(SILENCE_MS) },
      ...{ BUSY_POLICY: 'supersede', PREEMPTIVE_START: '1500' },
    });
  });
  afterAll(async () => {
    await browser.close();
    await all.terminate();
    await redis.stop();
  });

  it('says what to do and what will happen, and shows a burst fill, superseded and answered', async () => {
    const [said = ''] = all.lines.filter((line) => line.includes('/live'));
    const url = new URL(said.slice(said.indexOf('http')));
    const live = await LivePage.open(browser, url.origin);
    await live.page.getByText('See it work').waitFor();
    await live.page.getByText('BOT_URL is not set').waitFor();
    await live.page.locator('.write input:focus').waitFor();
    await live.page.getByText('write, and write again two seconds later.').waitFor();
    expect(await live.hindrances()).toEqual([]);
    await takePicture(live.page, 'live empty');
    await live.write('Can I book');
    await live.line('; a draft').waitFor();
    await live.write('a haircut');
    await live.line('A later batch has these messages').waitFor();
    await takePicture(live.page, 'live superseded');
    await live.page.locator('.said-text', { hasText: 'Can I book a haircut' }).waitFor();
    await live.line('a simulated customer is sent nothing').waitFor();
    await live.window('sim:').waitFor({ state: 'detached' });
    await takePicture(live.page, 'live first answer');
    expect(live.complaints).toEqual([]);
    await live.close();
  });
});
